/** What has arrived, newest first, each mail with what can be done about it. */
export const MAILBOX = `<% layout('@layout', it.page) %>
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
