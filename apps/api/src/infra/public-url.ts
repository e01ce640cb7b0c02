import type { Config } from './config.js';

/** The address at which people reach the console. */
export const publicUrl = (config: Config): string =>
  (
    config.publicUrl ??
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  ).replace(/\/$/, '');
