import type { Mode } from '../../vocabulary/enums.ts';

interface ModeEntry {
  readonly id: Mode;
  readonly name: string;
  readonly description: string;
}

/** Wire contract section 2.2: ids, order and names are the contract's, the descriptions ours. */
export const MODE_LIST: readonly ModeEntry[] = [
  {
    id: 'offline_only',
    name: 'Offline Only',
    description: 'Works on local files only; every online action is denied.',
  },
  {
    id: 'standard',
    name: 'Standard / Autopilot',
    description:
      'Searches and summarizes inside the workspaces, asks before it shows a whole file or writes; offline unless the policy says otherwise.',
  },
  {
    id: 'online_assisted',
    name: 'Online Assisted',
    description: 'As standard, and may ask to fetch from the network through the airlock.',
  },
  {
    id: 'sensitive',
    name: 'Sensitive Session',
    description:
      'Reads only the workspaces that the task names, with small budgets and short approvals.',
  },
];
