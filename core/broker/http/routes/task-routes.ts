import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AgentError } from '../../../vocabulary/errors.ts';
import { parseStepId, parseTaskId, type TaskId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { TaskService } from '../../task/task-service.ts';
import type { Requester } from '../../task/verbs/task-request.ts';
import type { Connections } from '../connections.ts';
import { parseJsonBody } from '../json-body.ts';
import { parseLimit } from '../parse-limit.ts';
import { APPROVAL, DENIAL, parseSelection } from '../parse-selection.ts';
import { parseSubmit, type SubmitFacts } from '../parse-submit.ts';
import { bytesOf } from '../received-body.ts';
import { taskListReply, taskReply } from '../task-reply.ts';

interface TaskRouteDeps extends SubmitFacts {
  readonly service: TaskService;
  readonly peerAt: Connections['peerAt'];
}

/** Wire contract sections 2.3 to 2.7, and the route that serves a step's whole result. */
export const addTaskRoutes = (app: FastifyInstance, deps: TaskRouteDeps): void => {
  const { service } = deps;
  const who = (request: FastifyRequest): Requester => ({ peer: deps.peerAt(request.raw.socket) });

  app.post('/v1/task', async (request, reply) => {
    const submission = parseSubmit(jsonOf(request), deps);
    const task = await service.submit(submission, who(request));
    return reply.code(201).send(taskReply(task));
  });

  app.get('/v1/tasks', async (request) =>
    taskListReply(service.list(parseLimit(request.raw.url ?? ''))),
  );

  app.get('/v1/task/:id', async (request) => {
    const task = service.get(taskIdOf(request));
    if (task === undefined) throw taskNotFound();
    return taskReply(task);
  });

  // The selection is read before the task is looked up: an empty body on an unknown task is 400.
  app.post('/v1/task/:id/approve', async (request) => {
    const selection = parseSelection(jsonOf(request), APPROVAL);
    return taskReply(await service.approve(taskIdOf(request), selection, who(request)));
  });

  app.post('/v1/task/:id/deny', async (request) => {
    const selection = parseSelection(jsonOf(request), DENIAL);
    return taskReply(await service.deny(taskIdOf(request), selection, who(request)));
  });

  app.post('/v1/task/:id/cancel', async (request) =>
    taskReply(await service.cancel(taskIdOf(request), who(request))),
  );

  app.get('/v1/task/:id/steps/:step/result', async (request) => {
    const task = service.get(taskIdOf(request));
    if (task === undefined) throw taskNotFound();
    const step = parseStepId(parameter(request, 'step'));
    if (step === undefined || task.steps.every(({ step_id }) => step_id !== step))
      throw new AgentError({ code: 'step_not_found', message: 'step not found' });
    const result = await service.result(task.task_id, step);
    if (result === undefined)
      throw new AgentError({ code: 'step_not_found', message: 'step has no result' });
    return result;
  });
};

const jsonOf = (request: FastifyRequest): JsonObject =>
  parseJsonBody(request.headers['content-type'], bytesOf(request));

const parameter = (request: FastifyRequest, name: string): unknown =>
  new Map(Object.entries(request.params ?? {})).get(name);

const taskIdOf = (request: FastifyRequest): TaskId => {
  const id = parseTaskId(parameter(request, 'id'));
  if (id === undefined) throw taskNotFound();
  return id;
};

const taskNotFound = (): AgentError =>
  new AgentError({ code: 'task_not_found', message: 'task not found' });
