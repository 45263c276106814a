"""Finds people, units and figures in provincial news. Pure: no network, no database, no clock."""
