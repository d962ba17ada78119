/** A form for a person whose address is wrong. Closed until they open it, or their entry was no address. */
export const ADDRESS = `<details class="card address" id="address"<% if (it.open) { %> open<% } %>>
  <summary><%= it.words.question %></summary>
  <form method="post" action="<%= it.action %>" novalidate>
    <p class="soft"><%= it.words.intro %></p>
    <div class="field<% if (it.fault) { %> faulty<% } %>">
      <label for="new-email"><%= it.words.label %></label>
      <% if (it.fault) { %><p class="fault" id="new-email-fault"><%= it.words.invalid %></p><% } %>
      <input type="email" id="new-email" name="email" value="<%= it.typed %>" autocomplete="email" maxlength="254" required<% if (it.fault) { %> autofocus aria-invalid="true" aria-describedby="new-email-fault"<% } %>>
    </div>
    <div class="actions"><button id="correct" class="quiet" type="submit"><%= it.words.send %></button></div>
  </form>
</details>
`;
