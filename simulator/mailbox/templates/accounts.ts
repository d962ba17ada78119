/** Every account with where it stands, what happened, and what misbehaves. */
export const ACCOUNTS = `<% layout('@layout', it.page) %>
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
    <% if (account.withdraw) { %>
    <div class="buttons"><form method="post" action="<%= account.withdraw %>"><button id="w-<%= account.id %>" class="quiet" type="submit" aria-describedby="a-<%= account.id %>"><%= it.words.withdraw %></button></form></div>
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
