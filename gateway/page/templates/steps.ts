/** What is done, what is to do now, and what comes later. */
export const STEPS = `<% if (it.journey.steps.length > 0) { %>
<section class="card steps" aria-labelledby="steps-title">
  <h2 id="steps-title"><%= it.words.stepsTitle %></h2>
  <ol>
    <% it.journey.steps.forEach(function (step) { %>
    <li class="<%= step.state %>"<% if (step.state === 'now') { %> aria-current="step"<% } %>>
      <span class="dot" aria-hidden="true"><% if (step.state === 'done') { %>✓<% } %></span>
      <span class="what"><%= step.label %><span class="state"><%= step.stateName %></span></span>
    </li>
    <% }) %>
  </ol>
</section>
<% } %>
`;
