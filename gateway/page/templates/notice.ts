/** Why there is nothing else to see. */
export const NOTICE = `<% layout('@layout', it.layout) %>
<section class="card notice" aria-labelledby="status-title">
  <h1 id="status-title"><%= it.title %></h1>
  <p><%= it.text %></p>
  <% if (it.retry) { %><p><a class="button main" href="<%= it.retry %>"><%= it.words.tryAgain %></a></p><% } %>
</section>
`;
