/** Where the agent listens: a Unix socket, or one loopback port in development. There is no third. */
export type ListenAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: '127.0.0.1'; readonly port: number };
