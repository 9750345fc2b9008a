import type { Diagnostic } from '../../../project/diagnostic'
import { errorAt, okAt } from '../check'
import { fieldsOf } from '../project-files'
import type { Configuration } from './configuration'

/** Compares the running Node with `engines` of package.json, which names the oldest version. */
export function checkNodeVersion({ packageJson, node }: Configuration): Diagnostic[] {
  const oldest = String(fieldsOf(fieldsOf(packageJson)['engines'])['node']).replace(/^>=\s*/, '')
  const where = `Node ${node}`
  if (isAtLeast(node, oldest)) return [okAt(where, 'runs the tools')]
  return [errorAt(where, `is older than ${oldest}`, `install Node ${oldest} or later, then npm ci`)]
}

function isAtLeast(version: string, oldest: string): boolean {
  const wanted = oldest.split('.').map(Number)
  const present = version.split('.').map(Number)
  for (const [index, number] of wanted.entries()) {
    const difference = (present[index] ?? 0) - number
    if (difference !== 0) return difference > 0
  }
  return true
}
