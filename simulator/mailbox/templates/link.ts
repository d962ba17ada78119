/** A link of a mail: the question it asks, or what came of it. */
export const LINK = `<% layout('@layout', it.page) %>
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
