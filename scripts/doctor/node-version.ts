import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

/** The Node that runs this against `engines` of package.json, which names a least version. */
export function checkNodeVersion({ packageJson, node }: Configuration): Finding[] {
  const least = String(fieldsOf(fieldsOf(packageJson)['engines'])['node']).replace(/^>=\s*/, '')
  const place = `Node ${node}`
  if (isAtLeast(node, least)) return [right(place, 'runs the tools')]
  return [wrong(place, `is older than ${least}`, `install Node ${least} or later, then npm ci`)]
}

function isAtLeast(version: string, least: string): boolean {
  const wanted = least.split('.').map(Number)
  const had = version.split('.').map(Number)
  for (const [index, number] of wanted.entries()) {
    const difference = (had[index] ?? 0) - number
    if (difference !== 0) return difference > 0
  }
  return true
}
