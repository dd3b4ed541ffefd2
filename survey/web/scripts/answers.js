// What a page that is answered has besides, in one file; each part does nothing where what it is for is not on the page.
// What saves comes before whatever could go wrong.

import './respond.js'
import './answering.js'
import './place.js'
import './saving_bar.js'
import './levels.js'
import './earlier.js'
import './notes.js'
import './attaching.js'
import './controls.js'
