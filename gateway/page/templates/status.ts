/** What to do now. */
export const STATUS = `<section class="card <%= it.journey.tone %>" aria-labelledby="status-title">
  <% if (it.journey.tone === 'good') { %><p class="mark" aria-hidden="true">✓</p><% } %>
  <h1 id="status-title" tabindex="-1"><%= it.journey.title %></h1>
  <% it.journey.text.forEach(function (sentence) { %>
  <p><%= sentence %></p>
  <% }) %>
  <% if (it.journey.held) { %><p class="held"><%= it.journey.held %></p><% } %>
  <% if (it.journey.mail) { %>
  <div class="mail">
    <h2><%= it.words.mailTitle %></h2>
    <p><strong><%= it.journey.mail.what %></strong></p>
    <p><%= it.journey.mail.where %> <%= it.journey.mail.hint %></p>
  </div>
  <% } %>
  <% if (it.journey.paymentLink) { %>
  <p><a class="button main" id="pay" href="<%= it.journey.paymentLink %>" rel="noopener noreferrer"><%= it.words.paymentLink %></a></p>
  <% } %>
  <% if (it.journey.mayBeDone === 'yes') { %>
  <p class="soft"><%= it.words.doneHint %></p>
  <div class="actions">
    <form method="post" action="<%= it.paths.done %>"><button id="done" class="<%= it.journey.paymentLink ? 'quiet' : 'main' %>" type="submit"><%= it.words.done %></button></form>
    <% if (it.journey.mayBeMailed === 'yes') { %>
    <form method="post" action="<%= it.paths.again %>"><button id="again" class="quiet" type="submit"><%= it.words.again %></button></form>
    <% } %>
  </div>
  <% } %>
  <% if (it.journey.times.length > 0) { %>
  <p class="soft"><% it.journey.times.forEach(function (sentence) { %><%= sentence %> <% }) %></p>
  <% } %>
</section>
`;
