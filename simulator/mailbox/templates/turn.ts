/** Where to turn in a long list. */
export const TURN = `<% if (it.turn.newer || it.turn.older) { %>
<nav class="turn" aria-label="<%= it.words.turn %>">
  <% if (it.turn.newer) { %><a id="newer" class="button" rel="prev" href="<%= it.turn.newer %>">← <%= it.words.newer %></a><% } %>
  <% if (it.turn.older) { %><a id="older" class="button" rel="next" href="<%= it.turn.older %>"><%= it.words.older %> →</a><% } %>
</nav>
<% } %>
`;
