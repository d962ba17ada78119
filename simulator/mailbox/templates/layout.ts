/** Every page: head, banner, languages, then its own body. */
export const LAYOUT = `<!doctype html>
<html lang="<%= it.lang %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= it.title %> · <%= it.words.product %></title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<% if (it.live) { %>
<script src="/assets/live.js" defer></script>
<noscript><meta http-equiv="refresh" content="10"></noscript>
<% } %>
</head>
<body>
<a class="skip" href="#content"><%= it.words.skip %></a>
<header class="banner">
  <div class="bar">
    <a class="brand" href="/?lang=<%= it.lang %>"><img src="/assets/icon.svg" alt="" width="28" height="28"><%= it.words.product %></a>
    <nav aria-label="<%= it.words.pages %>">
      <% it.nav.forEach(function (page) { %>
      <a href="<%= page.href %>"<% if (page.current) { %> aria-current="page"<% } %>><%= page.label %></a>
      <% }) %>
    </nav>
    <nav class="languages" aria-label="<%= it.words.languages %>">
      <% it.languages.forEach(function (language) { %>
      <a href="<%= language.href %>" hreflang="<%= language.code %>" lang="<%= language.code %>" title="<%= language.name %>"<% if (language.current) { %> aria-current="true"<% } %>><%= language.code.toUpperCase() %></a>
      <% }) %>
    </nav>
  </div>
</header>
<main id="content">
<%~ it.body %>
</main>
<footer><p><%= it.words.footer %></p></footer>
</body>
</html>
`;
