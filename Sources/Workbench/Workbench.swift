// Workbench: front door; see the head comment once the room is built.
