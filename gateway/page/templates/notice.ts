/** Why there is nothing else to see. */
export const NOTICE = `<% layout('@layout', it.layout) %>
<section class="card notice" aria-labelledby="status-title">
  <h1 id="status-title"><%= it.title %></h1>
  <p><%= it.text %></p>
  <% if (it.contact) { %><p><a class="button main" href="<%= it.contact %>" rel="noopener noreferrer"><%= it.words.helpFrom(it.partner.name) %></a></p><% } %>
  <% if (it.retry) { %><p><a class="button main" href="<%= it.retry %>"><%= it.words.tryAgain %></a></p><% } %>
</section>
`;

/** A form that nobody took just now, as it was filled in. */
export const UNDELIVERED = `<% layout('@layout', it.layout) %>
<h1><%= it.words.notice.away.title %></h1>
<%~ it.form %>
`;
