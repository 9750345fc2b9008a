import { readFileSync, writeFileSync } from 'node:fs'
import { drawSequence } from './sequence-diagram'

/** Draws `<name>.seq` to `<name>.svg` beside it, for each file that is named. */
for (const file of process.argv.slice(2)) {
  const drawing = file.replace(/\.seq$/, '.svg')
  writeFileSync(drawing, drawSequence(readFileSync(file, 'utf8')))
  console.log(`drew ${drawing}`)
}
