import { readCheckout, readPlan } from './cloud/setup/checkout'
import { setupCloud } from './cloud/setup/command'
import { SETUP_CLOUD, setupOptions } from './cloud/setup/options'
import { runCommand } from './command-line/command'

runCommand(SETUP_CLOUD, async ({ values }) => {
  const root = process.cwd()
  process.exitCode = await setupCloud({
    options: setupOptions(values),
    env: process.env,
    checkout: () => readCheckout(root),
    plan: () => readPlan(root),
    print: (line) => console.log(line),
  })
})
