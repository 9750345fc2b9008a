import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { jsonSchema } from '../simulator/settings/read-settings'
import { runCommand } from './command-line/command'

const WRITE_SCHEMA = {
  command: 'node scripts/run.cjs scripts/write-schema.ts',
  purpose: 'Writes the JSON schema of simulator.json for editors.',
  options: {},
}

runCommand(WRITE_SCHEMA, () => {
  const file = path.join('simulator', 'settings', 'simulator.schema.json')
  writeFileSync(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`)
  console.log(`wrote ${file}; run npm run format next`)
})
