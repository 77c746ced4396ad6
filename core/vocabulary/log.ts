/** The service log as a part sees it: pino's shape, fields first. Never secrets, contents or raw intents. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** With the level that is off unless somebody develops. A plugin's own words may stand there alone. */
export interface DebugLog extends Log {
  debug(fields: object, message: string): void;
}
