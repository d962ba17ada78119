/**
 * Turns messages and stack traces of failures into payloads, so that they are encrypted too. The types of failures
 * stay readable. CommonJS, as the SDK loads it by `require`.
 */
'use strict';
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
