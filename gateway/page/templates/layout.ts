/** Every page: head, banner, languages, then its own body, and where to get help. */
export const LAYOUT = `<!doctype html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title><%= it.title %> · <%= it.words.about(it.partner.name) %></title>
<link rel="stylesheet" href="<%= it.base %>/s/assets/style.css">
<link rel="icon" href="<%= it.base %>/s/assets/icon.svg" type="image/svg+xml">
<script src="<%= it.base %>/s/assets/live.js" defer></script>
</head>
<body>
<a class="skip" href="#content"><%= it.words.skip %></a>
<header class="banner">
  <div class="bar">
    <p class="partner"><% if (it.partner.logoUrl) { %><img src="<%= it.partner.logoUrl %>" alt="<%= it.partner.name %>"><% } else { %><%= it.partner.name %><% } %></p>
    <% if (it.languages.length > 0) { %>
    <nav class="languages" aria-label="<%= it.words.languages %>">
      <% it.languages.forEach(function (language) { %>
      <a href="<%= language.href %>" hreflang="<%= language.code %>" lang="<%= language.code %>"<% if (language.current) { %> aria-current="true"<% } %>><%= language.name %></a>
      <% }) %>
    </nav>
    <% } %>
  </div>
</header>
<main id="content">
<%~ it.body %>
</main>
<footer>
  <% if (it.support) { %>
  <p><%= it.words.help %> <a href="<%= it.support %>" rel="noopener noreferrer"><%= it.words.helpFrom(it.partner.name) %></a></p>
  <% } %>
  <p><%= it.words.footer(it.partner.name) %></p>
</footer>
</body>
</html>
`;
