/** The mails to find, another mail, and how to recognise a genuine one. */
export const MAILS = `<div class="mail">
  <h2><%= it.journey.mails.title %></h2>
  <ul>
    <% it.journey.mails.items.forEach(function (mail) { %>
    <li class="<%= mail.state %>">
      <strong><%= mail.what %></strong><% if (mail.stateName) { %> <span class="badge"><%= mail.stateName %></span><% } %>
      <span class="where"><%= mail.where %></span>
    </li>
    <% }) %>
  </ul>
  <% it.journey.mails.hints.forEach(function (hint) { %>
  <p class="soft"><%= hint %></p>
  <% }) %>
  <% if (it.journey.mails.again) { %>
  <% if (it.journey.mails.again.about) { %><p class="soft"><%= it.words.againAbout %> <%= it.journey.mails.again.about %></p><% } %>
  <% if (it.journey.mails.again.later) { %>
  <p class="soft" id="again-later" data-from="<%= it.journey.mails.again.later.from %>" data-countdown="<%= it.journey.mails.again.later.countdown %>"><%= it.journey.mails.again.later.text %></p>
  <% } else { %>
  <form method="post" action="<%= it.paths.again %>"><button id="again" class="quiet" type="submit"><%= it.journey.mails.again.label %></button></form>
  <% } %>
  <% } %>
  <% if (it.journey.mails.mayBeForged === 'yes') { %>
  <details id="genuine">
    <summary><%= it.words.genuine.title %></summary>
    <% it.words.genuine.text.forEach(function (sentence) { %>
    <p><%= sentence %></p>
    <% }) %>
    <p><a href="<%= it.words.genuine.url %>" rel="noopener noreferrer"><%= it.words.genuine.link %></a></p>
  </details>
  <% } %>
</div>
`;
