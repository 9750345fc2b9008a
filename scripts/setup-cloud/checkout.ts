import { checkAppid } from '../doctor/mini-program'
import { UsageError } from '../options'
import { outcomeOf, UnreadableFile, type Check, type Fault } from '../verify/check'
import { readJson } from '../verify/files'
import { goods } from '../verify/goods'
import { permissions } from '../verify/permissions'
import { readCloudFolder, type CloudFolder } from './cloud-folder'

/** What goes to the cloud from a checkout. */
export interface Checkout {
  folder: CloudFolder
  /** the mini program's, from project.config.json */
  appid: string
}

const PROJECT = 'project.config.json'

/** A mini program of one's own, without which there is no cloud to set up. */
const appid: Check = {
  name: 'AppID',
  run: (root) =>
    checkAppid({ project: readJson(root, PROJECT) }).flatMap(({ place, text, mend }) =>
      mend === undefined ? [] : [{ file: place, problem: text, remedy: mend }],
    ),
}

/**
 * @param root the project's folder
 * @throws UsageError that names all that is wrong with what would go to the cloud
 */
export async function readCheckout(root: string): Promise<Checkout> {
  const checks = [appid, permissions, goods]
  const outcomes = await Promise.all(checks.map((check) => outcomeOf(check, root)))
  const faults = outcomes.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []))
  if (faults.length > 0) throw refusal(faults)
  try {
    const project = readJson<{ appid: string }>(root, PROJECT)
    return { folder: readCloudFolder(root), appid: project.appid }
  } catch (error) {
    if (error instanceof UnreadableFile) throw refusal([error.fault])
    throw error
  }
}

function refusal(faults: Fault[]): UsageError {
  const lines = faults.map(({ file, problem, remedy }) => `✗ ${file}: ${problem}\n    → ${remedy}`)
  return new UsageError([...lines, 'Nothing was changed in the cloud.'].join('\n'))
}
