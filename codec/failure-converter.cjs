/**
 * Messages and stack traces of failures become payloads, which are encrypted like any other; their types
 * stay in the open. CommonJS, as the SDK loads it by `require`.
 */
'use strict';
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
