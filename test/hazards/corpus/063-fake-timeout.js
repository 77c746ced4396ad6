// Throw what the host's own machinery would throw, and claim its codes. The document is the message.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const message = content.startsWith('long') ? 'x'.repeat(1e7) : content.trim();
  throw Object.assign(new Error(message), {
    code: 'cpu',
    name: 'AgentError',
    limit: 'memory',
    err: { code: 'wall' },
    details: { reason: 'memory' },
  });
};
