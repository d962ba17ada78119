/** What stands in the open on an encrypted payload. As in Temporal's own samples, where they have a word. */
export const ENCRYPTED_ENCODING = 'binary/encrypted';
/** What was altered, or was meant for another workflow: nobody can take it for a value. */
export const UNREADABLE_ENCODING = 'binary/unreadable';
export const KEY_ID = 'encryption-key-id';
export const WORKFLOW_ID = 'encryption-workflow-id';
