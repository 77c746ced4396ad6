/** The service log as a part sees it: pino's shape, fields first. Never secrets, contents or raw intents. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
