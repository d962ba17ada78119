import { Eta } from 'eta';

/** The layout of all pages. */
const LAYOUT = `<!doctype html>
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

/** The mails, newest first, each with its buttons. */
const MAILBOX = `<% layout('@layout', it.page) %>
<div class="heading">
  <h1><%= it.words.mailbox %></h1>
  <p class="count" role="status" id="count"><%= it.count %></p>
</div>
<% if (it.addresses.length > 0) { %>
<form class="filter" method="get" action="/">
  <input type="hidden" name="lang" value="<%= it.page.lang %>">
  <label for="to"><%= it.words.mailFor %></label>
  <select id="to" name="to">
    <option value=""><%= it.words.everyone %></option>
    <% it.addresses.forEach(function (address) { %>
    <option value="<%= address %>"<% if (address === it.to) { %> selected<% } %>><%= address %></option>
    <% }) %>
  </select>
  <button class="quiet" type="submit"><%= it.words.show %></button>
</form>
<% } %>
<div id="live">
<% if (it.mails.length === 0) { %>
<section class="empty">
  <img src="/assets/icon.svg" alt="" width="64" height="64">
  <h2><%= it.words.emptyTitle %></h2>
  <p><%= it.words.emptyText %></p>
  <p><code><%= it.apiUrl %></code></p>
</section>
<% } else { %>
<ul class="mails">
  <% it.mails.forEach(function (mail) { %>
  <li>
  <article class="mail <%= mail.standing %>" aria-labelledby="s-<%= mail.id %>">
    <header>
      <p class="meta">
        <span class="badge <%= mail.standing %>"><%= mail.badge %></span>
        <span><%= mail.delivery %></span>
        <time datetime="<%= mail.date %>"><%= mail.when %></time>
      </p>
      <h2 id="s-<%= mail.id %>"><%= mail.subject %></h2>
      <p class="to"><%= it.words.to %> <strong><%= mail.to %></strong></p>
    </header>
    <p><%= mail.text %></p>
    <% if (mail.buttons.length > 0) { %>
    <div class="buttons">
      <% mail.buttons.forEach(function (button) { %>
      <form method="post" action="<%= button.href %>"><button id="<%= button.id %>" class="<%= button.weight %>" type="submit" aria-describedby="s-<%= mail.id %>"><%= button.label %></button></form>
      <% }) %>
    </div>
    <% } %>
  </article>
  </li>
  <% }) %>
</ul>
<%~ include('@turn', { words: it.words, turn: it.turn }) %>
<% } %>
</div>
`;

/** The accounts, the ledger and the faults. */
const ACCOUNTS = `<% layout('@layout', it.page) %>
<div class="heading">
  <h1><%= it.words.accounts %></h1>
  <p class="count" role="status" id="count"><%= it.count %></p>
</div>
<div id="live">
<% if (it.accounts.length === 0) { %>
<section class="empty">
  <img src="/assets/icon.svg" alt="" width="64" height="64">
  <h2><%= it.words.noAccountTitle %></h2>
  <p><%= it.words.noAccountText %></p>
  <p><code>POST <%= it.adminUrl %></code></p>
</section>
<% } else { %>
<ul class="accounts">
  <% it.accounts.forEach(function (account) { %>
  <li><article class="mail" aria-labelledby="a-<%= account.id %>">
    <header>
      <p class="meta"><span class="badge <%= account.tone %>"><%= account.access %></span><span>id_user <%= account.id %></span></p>
      <h2 id="a-<%= account.id %>"><%= account.name %></h2>
      <p class="to"><strong><%= account.email %></strong></p>
    </header>
    <dl>
      <% account.facts.forEach(function (fact) { %>
      <div><dt><%= fact.label %></dt><dd class="<%= fact.tone %>"><%= fact.value %></dd></div>
      <% }) %>
    </dl>
    <% if (account.losses.length > 0) { %>
    <div class="buttons">
      <% account.losses.forEach(function (loss) { %>
      <form method="post" action="<%= loss.href %>"><button id="<%= loss.id %>" class="quiet" type="submit" aria-describedby="a-<%= account.id %>"><%= loss.label %></button></form>
      <% }) %>
    </div>
    <% } %>
  </article></li>
  <% }) %>
</ul>
<%~ include('@turn', { words: it.words, turn: it.turn }) %>
<% } %>
<section aria-labelledby="ledger">
  <h2 id="ledger"><%= it.words.ledger %></h2>
  <% if (it.effects.length === 0) { %><p><%= it.words.noEffect %></p><% } else { %>
  <div class="scroll" tabindex="0" role="region" aria-labelledby="ledger"><table>
    <thead><tr><th scope="col">n</th><th scope="col"><%= it.words.when %></th><th scope="col"><%= it.words.effect %></th><th scope="col">id_user</th></tr></thead>
    <tbody>
    <% it.effects.forEach(function (entry) { %>
      <tr><td><%= entry.n %></td><td><time datetime="<%= entry.at %>"><%= entry.when %></time></td><td><%= entry.effect %><% if (entry.kind) { %> · <%= entry.kind %><% } %></td><td><%= entry.accountId %></td></tr>
    <% }) %>
    </tbody>
  </table></div>
  <% } %>
</section>
<section aria-labelledby="faults">
  <h2 id="faults"><%= it.words.faults %></h2>
  <% if (it.faults === '{}') { %><p><%= it.words.noFault %></p><% } else { %><pre tabindex="0"><%= it.faults %></pre><% } %>
</section>
</div>
`;

/** A link of a mail: its question, or the result. */
const LINK = `<% layout('@layout', it.page) %>
<section class="card <%= it.tone %>">
  <% if (it.mark) { %><p class="mark" aria-hidden="true"><%= it.mark %></p><% } %>
  <h1><%= it.heading %></h1>
  <% if (it.text) { %><p><%= it.text %></p><% } %>
  <% if (it.account) { %><p class="to"><%= it.words.account %> <strong><%= it.account %></strong></p><% } %>
  <div class="buttons">
    <% if (it.button) { %>
    <form method="post" action="<%= it.button.href %>"><button class="<%= it.button.weight %>" type="submit"><%= it.button.label %></button></form>
    <% } %>
    <a class="button quiet" href="<%= it.back %>"><%= it.words.back %></a>
  </div>
</section>
`;

/** The links to the pages before and after in a long list. */
const TURN = `<% if (it.turn.newer || it.turn.older) { %>
<nav class="turn" aria-label="<%= it.words.turn %>">
  <% if (it.turn.newer) { %><a id="newer" class="button" rel="prev" href="<%= it.turn.newer %>">← <%= it.words.newer %></a><% } %>
  <% if (it.turn.older) { %><a id="older" class="button" rel="next" href="<%= it.turn.older %>"><%= it.words.older %> →</a><% } %>
</nav>
<% } %>
`;

const eta = new Eta({ autoEscape: true });
eta.loadTemplate('@layout', LAYOUT);
eta.loadTemplate('@turn', TURN);
eta.loadTemplate('@mailbox', MAILBOX);
eta.loadTemplate('@link', LINK);
eta.loadTemplate('@accounts', ACCOUNTS);

/** Renders a whole page. All of `data` is escaped. */
export function render(page: '@mailbox' | '@link' | '@accounts', data: object): string {
  return eta.render(page, data);
}
