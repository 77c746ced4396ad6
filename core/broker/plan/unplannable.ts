/** Why a part of an intent cannot be planned; caught by the planner and answered as data. */
export class Unplannable extends Error {
  override readonly name = 'Unplannable';
  readonly remedy: string;

  constructor(reason: string, remedy: string) {
    super(reason);
    this.remedy = remedy;
  }
}
