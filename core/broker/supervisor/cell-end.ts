/** Why a cell died under a plugin: host state alone says so, never what a guest said (attack 63). */
export type DeathReason = 'violation' | 'crash' | 'memory' | 'cpu' | 'wall';

/** How a cell ended: by a death, or dismissed by the broker for no fault of anybody's. */
export type CellEnd = DeathReason | 'dismissed';
