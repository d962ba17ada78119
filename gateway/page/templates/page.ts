/** The frame of every page. Enter in a field presses the first button of its form: not a language, but a hidden one. */
export const LAYOUT = `<!doctype html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title><%= it.title %> · <%= it.words.about(it.partner.name) %></title>
<link rel="stylesheet" href="<%= it.base %>/s/assets/style.css">
<link rel="icon" href="<%= it.base %>/s/assets/icon.svg" type="image/svg+xml">
<script src="<%= it.base %>/s/assets/live.js" defer></script>
</head>
<body>
<a class="skip" href="#content"><%= it.words.skip %></a>
<header class="banner">
  <div class="bar">
    <p class="partner"><% if (it.partner.logoUrl) { %><img src="<%= it.partner.logoUrl %>" alt="<%= it.partner.name %>"><% } else { %><%= it.partner.name %><% } %></p>
    <% if (it.languages.length > 0) { %>
    <nav class="languages" aria-label="<%= it.words.languages %>">
      <% if (it.languages[0].post) { %><button class="unseen" type="submit" form="registration" tabindex="-1" aria-hidden="true"></button><% } %>
      <% it.languages.forEach(function (language) { %>
      <% if (language.post) { %>
      <button type="submit" form="registration" formaction="<%= language.post %>" name="step" value="draft" data-href="<%= language.href %>" lang="<%= language.code %>"<% if (language.current) { %> aria-current="true"<% } %>><%= language.name %></button>
      <% } else { %>
      <a href="<%= language.href %>" hreflang="<%= language.code %>" lang="<%= language.code %>"<% if (language.current) { %> aria-current="true"<% } %>><%= language.name %></a>
      <% } %>
      <% }) %>
    </nav>
    <% } %>
  </div>
</header>
<main id="content">
<%~ it.body %>
</main>
<footer>
  <% if (it.support) { %>
  <p><%= it.words.help %> <a href="<%= it.support %>" rel="noopener noreferrer"><%= it.words.helpFrom(it.partner.name) %></a><% if (it.reference) { %> · <%= it.reference %><% } %></p>
  <% } %>
  <p><%= it.words.footer(it.partner.name) %></p>
  <% if (it.partner.privacyUrl || it.partner.legalUrl) { %>
  <ul class="legal">
    <% if (it.partner.legalUrl) { %><li><a id="legal" href="<%= it.partner.legalUrl %>" rel="noopener noreferrer"><%= it.words.legal %></a></li><% } %>
    <% if (it.partner.privacyUrl) { %><li><a id="privacy" href="<%= it.partner.privacyUrl %>" rel="noopener noreferrer"><%= it.words.privacy %></a></li><% } %>
  </ul>
  <% } %>
</footer>
</body>
</html>
`;

/** The page of an onboarding. With JavaScript, the browser renews its three parts. */
export const PAGE = `<% layout('@layout', it.layout) %>
<p id="announce" class="unseen" role="status"></p>
<div class="journey" id="journey" data-state="<%= it.paths.state %>" data-page="<%= it.paths.page %>" data-ended="<%= it.ended %>" data-now="<%= it.now %>">
  <div class="main">
    <% if (it.flash) { %><p class="flash <%= it.flash.tone %>" role="status"><%= it.flash.text %></p><% } %>
    <div id="status"><%~ it.status %></div>
    <% if (it.ended === 'no') { %><noscript><p class="soft"><a href="<%= it.paths.page %>"><%= it.words.refresh %></a></p></noscript><% } %>
    <div id="form" data-key="<%= it.formKey %>"><%~ it.form %></div>
  </div>
  <div id="steps"><%~ it.steps %></div>
</div>
`;

/** The part that says what to do now. */
export const STATUS = `<section class="card <%= it.journey.tone %>" aria-labelledby="status-title">
  <% if (it.journey.tone === 'good') { %><p class="mark" aria-hidden="true">✓</p><% } %>
  <h1 id="status-title" tabindex="-1"><%~ it.unbroken(it.journey.title) %></h1>
  <% it.journey.text.forEach(function (sentence) { %>
  <p><%~ it.unbroken(sentence) %></p>
  <% }) %>
  <% if (it.journey.held) { %><p class="held"><%= it.journey.held %></p><% } %>
  <% if (it.journey.mails) { %><%~ include('@mails', it) %><% } %>
  <% if (it.journey.wrongAddress) { %>
  <p class="soft" id="wrong-address"><%= it.journey.wrongAddress %></p>
  <% } %>
  <% if (it.journey.paymentLink) { %>
  <p><a class="button main" id="pay" href="<%= it.journey.paymentLink %>" rel="noopener noreferrer"><%= it.words.paymentLink %></a></p>
  <% } %>
  <% if (it.journey.mayBeDone === 'yes') { %>
  <p class="soft"><%= it.words.doneHint %></p>
  <div class="actions">
    <form method="post" action="<%= it.paths.done %>"><button id="done" class="<%= it.journey.paymentLink ? 'quiet' : 'main' %>" type="submit"><%= it.words.done %></button></form>
    <% if (it.journey.mayRefuse === 'yes') { %>
    <a class="button quiet" id="refuse" href="<%= it.paths.refuse %>"><%= it.words.refuse.button %></a>
    <% } %>
  </div>
  <% } %>
  <% if (it.back) { %><p><a class="button main" id="back" href="<%= it.back %>" rel="noopener noreferrer"><%= it.words.back(it.partner.name) %></a></p><% } %>
  <% if (it.journey.wantsContact === 'yes' && it.contact) { %>
  <p><a class="button <%= it.journey.tone === 'good' || it.back ? 'quiet' : 'main' %>" id="contact" href="<%= it.contact %>" rel="noopener noreferrer"><%= it.words.helpFrom(it.partner.name) %></a></p>
  <% } %>
  <% if (it.journey.times.length > 0) { %>
  <p class="soft"><% it.journey.times.forEach(function (sentence) { %><%= sentence %> <% }) %></p>
  <% } %>
</section>
`;

/** The part with the steps: done, current, later. */
export const STEPS = `<% if (it.journey.steps.length > 0) { %>
<section class="card steps" aria-labelledby="steps-title">
  <h2 id="steps-title"><%= it.words.stepsTitle %></h2>
  <ol>
    <% it.journey.steps.forEach(function (step) { %>
    <li class="<%= step.state %>"<% if (step.state === 'now') { %> aria-current="step"<% } %>>
      <span class="dot" aria-hidden="true"><% if (step.state === 'done') { %>✓<% } %></span>
      <span class="what"><%~ it.unbroken(step.label) %><span class="state"><%= step.stateName %></span></span>
    </li>
    <% }) %>
  </ol>
</section>
<% } %>
`;

/** A page with a message only. */
export const NOTICE = `<% layout('@layout', it.layout) %>
<section class="card notice" aria-labelledby="status-title">
  <h1 id="status-title"><%= it.title %></h1>
  <p><%= it.text %></p>
  <% if (it.refreshUrl) { %><p><a class="button main" id="fresh-link" href="<%= it.refreshUrl %>" rel="noopener noreferrer"><%= it.words.freshLink %></a></p><% } %>
  <% if (it.contact) { %><p><a class="button main" href="<%= it.contact %>" rel="noopener noreferrer"><%= it.words.helpFrom(it.partner.name) %></a></p><% } %>
  <% if (it.retry) { %><p><a class="button main" href="<%= it.retry %>"><%= it.words.tryAgain %></a></p><% } %>
</section>
`;

/** The question before a refusal, so that no single click refuses. */
export const REFUSAL = `<% layout('@layout', it.layout) %>
<section class="card notice" aria-labelledby="status-title">
  <h1 id="status-title"><%= it.title %></h1>
  <% it.text.forEach(function (sentence) { %>
  <p><%= sentence %></p>
  <% }) %>
  <div class="actions">
    <form method="post" action="<%= it.paths.refuse %>"><button id="confirm-refusal" class="grave" type="submit"><%= it.words.refuse.confirm %></button></form>
    <a class="button quiet" id="back" href="<%= it.paths.page %>"><%= it.words.refuse.back %></a>
  </div>
</section>
`;

/** A form that could not be delivered, with its entries. */
export const UNDELIVERED = `<% layout('@layout', it.layout) %>
<h1><%= it.words.notice.away.title %></h1>
<%~ it.form %>
`;
