/** One thing that the cloud should have, compared with what it has. */
export interface Comparison {
  subject: string
  /** what makes it as it should be; undefined when it already is */
  change?: Change
  /** what a person should check */
  note?: string
}

export interface Change {
  /** what was done to the subject, as in “created” */
  done: string
  make: () => Promise<void>
}

/** One part of the cloud that is compared with what it should be, and then changed. */
export interface Step {
  title: string
  /** changes nothing */
  compare: () => Promise<Comparison[]>
}

/** How many changes were made, or would be made by a run that is not dry, and how many notes. */
export interface Totals {
  changes: number
  notes: number
}

/** What a step was doing when it failed; `cause` is the error. */
export class StepFailure extends Error {
  constructor(where: string, cause: unknown) {
    super(where, { cause })
  }
}

/**
 * Runs the steps in order: each compares, then makes the changes that are needed, one after another,
 * and prints a line for each thing. A dry run only compares.
 * @throws StepFailure at the first failure; the changes before it stay
 */
export async function runSteps(
  steps: readonly Step[],
  { dryRun, print }: { dryRun: boolean; print: (line: string) => void },
): Promise<Totals> {
  const totals = { changes: 0, notes: 0 }
  for (const { title, compare } of steps) {
    print(title)
    for (const { subject, change, note } of await during(title, compare)) {
      if (change === undefined) {
        if (note === undefined) print(`  = ${subject}: unchanged`)
      } else {
        if (!dryRun) await during(`${title}, ${subject}`, change.make)
        print(`  + ${subject}: ${dryRun ? 'would be ' : ''}${change.done}`)
        totals.changes += 1
      }
      if (note !== undefined) {
        print(`  ! ${subject}: ${note}`)
        totals.notes += 1
      }
    }
  }
  return totals
}

/**
 * Does some work.
 * @param where what is being done, for the message of its failure
 * @throws StepFailure
 */
export async function during<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new StepFailure(where, cause)
  }
}
