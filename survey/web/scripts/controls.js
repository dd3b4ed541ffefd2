// What stands in the place of fields, or beside them: lists that are searched, figures, ranks to tap, what was understood.
// By itself in the preview, where nothing is answered.

import './lists.js'
import './figures.js'
import './ranking.js'
import './understood.js'
