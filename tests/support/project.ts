import path from 'node:path'
import { openProject } from '../../project/project'

/** The project that contains this file. */
export const project = openProject(path.resolve(__dirname, '..', '..'))
