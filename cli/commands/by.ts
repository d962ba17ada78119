/** What commands say that take somebody's word. */
export const BY_DEFAULTS_TO = 'default: your user name on this machine';
export const BELIEVED_LATER = 'AR24 is read before this is believed';
