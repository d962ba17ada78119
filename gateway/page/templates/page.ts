/** Where the sender stands. Its three parts are what a browser with JavaScript renews. */
export const PAGE = `<% layout('@layout', it.layout) %>
<p id="announce" class="unseen" role="status"></p>
<div class="journey" id="journey" data-state="<%= it.paths.state %>" data-page="<%= it.paths.page %>" data-ended="<%= it.ended %>">
  <div class="main">
    <% if (it.flash) { %><p class="flash" role="status"><%= it.flash %></p><% } %>
    <div id="status"><%~ it.status %></div>
    <% if (it.ended === 'no') { %><noscript><p class="soft"><a href="<%= it.paths.page %>"><%= it.words.refresh %></a></p></noscript><% } %>
    <div id="form" data-key="<%= it.formKey %>"><%~ it.form %></div>
  </div>
  <div id="steps"><%~ it.steps %></div>
</div>
`;
