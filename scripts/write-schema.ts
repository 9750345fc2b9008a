import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { jsonSchema } from '../simulator/settings/read-settings'

/** Writes the JSON schema of simulator.json for editors: `node scripts/run.mjs scripts/write-schema.ts`. */
const file = path.join('simulator', 'settings', 'simulator.schema.json')
writeFileSync(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`)
console.log(`wrote ${file}; run npm run format next`)
