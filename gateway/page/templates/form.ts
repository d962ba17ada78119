/**
 * The registration form, in two steps: who the person is, then the fields that apply to them. A posted form leads to
 * `#summary`: the faults, or else the title of the step.
 */
export const FORM = `<form class="card registration" id="registration" method="post" action="<%= it.action %>#summary" data-draft="<%= it.draft %>" novalidate>
  <button class="unseen" type="submit" tabindex="-1" aria-hidden="true"></button>
  <input type="hidden" name="at" value="<%= it.form.step %>">
  <% it.form.hidden.forEach(function (entry) { %><input type="hidden" name="<%= entry.name %>" value="<%= entry.value %>"><% }) %>
  <% if (it.form.acknowledgement) { %><input type="hidden" name="acknowledged" value="<%= it.form.acknowledgement %>"><% } %>
  <h2<% if (!it.form.summary) { %> id="summary" tabindex="-1"<% } %>><%= it.form.title %></h2>
  <% if (it.form.summary) { %>
  <div class="summary <%= it.form.summary.tone %>" id="summary" role="<%= it.form.summary.tone === 'good' ? 'status' : 'alert' %>" tabindex="-1" aria-labelledby="summary-title">
    <h3 id="summary-title"><%= it.form.summary.title %></h3>
    <% if (it.form.summary.items.length > 0) { %>
    <ul>
      <% it.form.summary.items.forEach(function (item) { %>
      <li><a href="<%= item.href %>"><%= item.text %></a></li>
      <% }) %>
    </ul>
    <% } %>
    <% if (it.form.summary.intro) { %><p><%= it.form.summary.intro %></p><% } %>
  </div>
  <% } %>
  <% if (it.form.chosen) { %>
  <div class="chosen">
    <p><span class="soft"><%= it.words.field.statut.label %></span> <strong><%= it.form.chosen %></strong></p>
    <button class="quiet" type="submit" name="step" value="back"><%= it.words.change %></button>
  </div>
  <% } %>
  <p class="soft"><%= it.words.intro %></p>
  <% it.form.groups.forEach(function (group) { %>
  <fieldset id="group-<%= group.name %>">
    <legend<% if (it.form.step === 'kind') { %> class="unseen"<% } %>><%= group.title %></legend>
    <% group.fields.forEach(function (field) { %>
    <%~ include('@field', { field: field, words: it.words }) %>
    <% }) %>
  </fieldset>
  <% }) %>
  <div class="actions"><button id="send" class="main" type="submit"><%= it.form.send %></button></div>
</form>
`;

/** One field, with its label, its hint and its fault. */
export const FIELD = `<div class="field<% if (it.field.fault) { %> faulty<% } %>">
<% if (it.field.kind === 'choice') { %>
  <fieldset class="choice" role="radiogroup" aria-required="true"<% if (it.field.describedBy) { %> aria-describedby="<%= it.field.describedBy %>"<% } %><% if (it.field.fault) { %> aria-invalid="true"<% } %>>
    <legend><%= it.field.label %></legend>
    <%~ include('@fault', it.field) %>
    <% it.field.options.forEach(function (option, place) { %>
    <label class="option"><input type="radio" id="<%= it.field.id %>-<%= place %>" name="<%= it.field.name %>" value="<%= option.value %>"<% if (option.value === it.field.value) { %> checked<% } %>> <span><%= option.label %></span></label>
    <% }) %>
  </fieldset>
<% } else if (it.field.kind === 'tick') { %>
  <label class="option"><input type="checkbox" id="<%= it.field.id %>" name="<%= it.field.name %>" value="1"<% if (it.field.value === '1') { %> checked<% } %><% if (it.field.fault) { %> aria-invalid="true" aria-describedby="<%= it.field.describedBy %>"<% } %>> <span><%= it.field.label %></span></label>
  <%~ include('@fault', it.field) %>
<% } else { %>
  <label for="<%= it.field.id %>"><%= it.field.label %><% if (it.field.optional === 'yes') { %> <span class="optional"><%= it.words.optional %></span><% } %></label>
  <% if (it.field.hint) { %><p class="hint" id="<%= it.field.id %>-hint"><%= it.field.hint %></p><% } %>
  <%~ include('@fault', it.field) %>
  <% if (it.field.kind === 'list') { %>
  <select id="<%= it.field.id %>" name="<%= it.field.name %>" required<%~ include('@about', it.field) %>>
    <% it.field.options.forEach(function (option) { %>
    <option value="<%= option.value %>"<% if (option.value === it.field.value) { %> selected<% } %>><%= option.label %></option>
    <% }) %>
  </select>
  <% } else { %>
  <input type="<%= it.field.kind %>" id="<%= it.field.id %>" name="<%= it.field.name %>" value="<%= it.field.value %>"<% if (it.field.required === 'yes') { %> required<% } %><% if (it.field.inputmode) { %> inputmode="<%= it.field.inputmode %>"<% } %><%~ include('@about', it.field) %>>
  <% } %>
  <% if (it.field.lookUp) { %><button class="quiet look-up" id="look-up" type="submit" name="step" value="look-up"><%= it.field.lookUp %></button><% } %>
<% } %>
</div>
`;

/** The attributes that text fields and lists share. */
export const ABOUT = `<% if (it.autocomplete) { %> autocomplete="<%= it.autocomplete %>"<% } %><% if (it.describedBy) { %> aria-describedby="<%= it.describedBy %>"<% } %><% if (it.fault) { %> aria-invalid="true"<% } %>`;

export const FAULT = `<% if (it.fault) { %><p class="fault" id="<%= it.id %>-fault"><%= it.fault %></p><% } %>`;
