import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Metafile } from 'esbuild'
import type { Decision } from './decisions'
import { decisionOf, moduleOf, packageOf } from './defer-modules'

/** A package of which a built function contains code. */
export interface Package {
  name: string
  version: string
  licence: string
}

/** Returns the packages of which a bundle contains code, sorted by name. */
export function packagesIn(
  root: string,
  { outputs }: Metafile,
  decisions: readonly Decision[],
): Package[] {
  const folders = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file)
      .filter((file) => file.includes('node_modules/'))
      .filter((file) => decisionOf(decisions, moduleOf(file))?.how !== 'left out')
      .map(folderOf),
  )
  return [...new Set(folders)]
    .map((folder) => readPackage(path.join(root, folder)))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

/** Returns the folder of the package that a file belongs to. */
function folderOf(file: string): string {
  const module = moduleOf(file)
  const [folder = ''] = /^.*node_modules\//.exec(file) ?? []
  return folder + packageOf(module)
}

interface Manifest {
  name: string
  version: string
  license?: string | { type: string }
  licenses?: { type: string }[]
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  const { name, version, license, licenses = [] } = manifest
  const named = typeof license === 'object' ? license.type : license
  const licence = named ?? licenses.map(({ type }) => type).join(' OR ')
  return { name, version, licence: licence || 'not named' }
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))
