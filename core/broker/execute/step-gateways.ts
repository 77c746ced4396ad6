import type { Label } from '../../vocabulary/enums.ts';
import type { ErrorCode } from '../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { AccessScope, FileResource, Resource } from '../../vocabulary/resource.ts';

/** The gateways as the handles of a step use them, and no more. */
export interface StepGateways {
  readonly storage: {
    read(resource: FileResource, access: AccessScope, args: ReadArgs): Promise<Labelled>;
    list(resource: FileResource, access: AccessScope, args: { cursor?: string }): Promise<object>;
    create(resource: FileResource, access: AccessScope, bytes: Uint8Array): Promise<Written>;
    replace(resource: FileResource, access: AccessScope, bytes: Uint8Array): Promise<Written>;
  };
  readonly search: {
    search(
      resource: FileResource,
      access: AccessScope,
      args: { text: string; limit: number },
      signal: AbortSignal,
    ): Promise<Labelled>;
  };
}

export interface ReadArgs {
  readonly encoding: 'text' | 'base64';
  readonly offset?: number;
  readonly length?: number;
}

interface Labelled {
  readonly label: Label;
}

interface Written {
  readonly size: number;
  readonly sha256: string;
}

/** Where the handle calls of a step are written down. A failure to write refuses the call, or the retry. */
export interface CallJournal {
  /** A read, list or search: in the log's file before its reply, durable with the step's outcome. */
  observed(call: HandleCall): Promise<void>;
  /** An effect: durable before it happens. */
  began(call: HandleCall): Promise<void>;
  ended(call: HandleCall, outcome: JsonObject): Promise<void>;
  /** The verdict on a call of a tool: durable before anything follows from it. */
  toolCalled(call: ToolCallFacts): Promise<void>;
  /** The step is about to run once more, because its cell ended like this. */
  retried(code: ErrorCode): Promise<void>;
}

/** One use of one handle: facts of the host, nothing that the guest wrote. */
export interface HandleCall {
  readonly resource: Resource;
  readonly method: string;
  /** Bytes that an effect would write. */
  readonly bytes?: number;
}

/** One call of a tool, as the log is told of it: never an argument. */
export interface ToolCallFacts {
  readonly tool: string;
  /** Of the canonical arguments, where they were looked at. */
  readonly digest?: Sha256Hex;
  readonly verdict: 'allowed' | 'denied';
  readonly code?: ErrorCode;
  readonly reason?: string;
}
