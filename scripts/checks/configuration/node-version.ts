import type { Diagnostic } from '../../../project/diagnostic'
import { isOld, oldestOf } from '../../command-line/node-version.cjs'
import { errorAt, okAt } from '../check'
import { fieldsOf } from '../project-files'
import type { Configuration } from './configuration'

/** Compares the running Node with `engines` of package.json, which names the oldest version. */
export function checkNodeVersion({ packageJson, node }: Configuration): Diagnostic[] {
  const engines = String(fieldsOf(fieldsOf(packageJson)['engines'])['node'])
  const oldest = oldestOf(engines)
  const where = `Node ${node}`
  if (!isOld(node, engines)) return [okAt(where, 'runs the tools')]
  return [errorAt(where, `is older than ${oldest}`, `install Node ${oldest} or later, then npm ci`)]
}
