/** One thing that is wrong with the project. */
export interface Fault {
  /** path inside the project, with forward slashes */
  file: string
  problem: string
  /** what to do about it */
  remedy: string
}

/** Why something could not be looked at on this machine at all: neither good nor bad. */
export interface NotChecked {
  notChecked: string
}

/** What a check found: its faults, none when all is well. */
export type Outcome = Fault[] | NotChecked

/** One question about the project that can be answered without account and network. */
export interface Check {
  name: string
  /**
   * @param root the project's folder, or that of a copy
   * @throws UnreadableFile
   */
  run(root: string): Outcome | Promise<Outcome>
}

/** A file that a check cannot do without is missing, or is not what it should be. */
export class UnreadableFile extends Error {
  constructor(readonly fault: Fault) {
    super(`${fault.file}: ${fault.problem}`)
  }
}

/** What a check finds; of a file that it cannot read, that alone. */
export async function outcomeOf(check: Check, root: string): Promise<Outcome> {
  try {
    return await check.run(root)
  } catch (error) {
    if (error instanceof UnreadableFile) return [error.fault]
    throw error
  }
}
