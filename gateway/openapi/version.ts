/**
 * The version of the API (Semantic Versioning). A breaking change needs a new major version: test/gateway/openapi
 * compares the document with the last released one.
 */
export const API_VERSION = '1.0.0';
