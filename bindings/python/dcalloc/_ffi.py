"""The C library: its structures, the signature of every function, and how it is found.

The mirror of ``include/dcalloc/*.h`` and nothing else. Tests compare the layout with the compiler
and the signatures with the headers. Opaque handles are distinct pointer types: ctypes itself
refuses a model where a solver is expected.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char,
    c_char_p,
    c_double,
    c_int,
    c_int32,
    c_int64,
    c_size_t,
    c_ssize_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)
from ctypes.util import find_library
from pathlib import Path
from typing import Any

from .errors import LibraryError

#: Version of the headers that this file mirrors: major, minor. 0.x libraries may differ by minor.
HEADER_VERSION = (0, 1)

#: The resource that every model has from the start.
POWER = 0
#: "No priority given": terms take demands of every priority.
INT32_MIN = -(2**31)

P = POINTER

# ---- Opaque handles ----------------------------------------------------------------------------


class dca_env(Structure):
    pass


class dca_options(Structure):
    pass


class dca_control(Structure):
    pass


class dca_lp(Structure):
    pass


class dca_model(Structure):
    pass


class dca_solver(Structure):
    pass


class dca_result(Structure):
    pass


# ---- Structures --------------------------------------------------------------------------------


class dca_error(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("code", c_int32),
        ("kind", c_int32),
        ("index", c_int32),
        ("line", c_int64),
        ("column", c_int64),
        ("text", c_char * 224),
    ]


ALLOCATE_CALLBACK = CFUNCTYPE(c_void_p, c_void_p, c_void_p, c_size_t, c_size_t)
LOG_CALLBACK = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)


class dca_env_config(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("user", c_void_p),
        ("allocate", ALLOCATE_CALLBACK),
        ("log", LOG_CALLBACK),
        ("memory_limit", c_uint64),
    ]


class dca_progress(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("phase", c_int32),
        ("iteration", c_int64),
        ("work", c_int64),
        ("objective", c_double),
        ("infeasibility", c_double),
        ("fraction", c_double),
    ]


PROGRESS_CALLBACK = CFUNCTYPE(c_int32, c_void_p, P(dca_progress))


class dca_doubles(Structure):
    _fields_ = [
        ("at", P(c_double)),
        ("stride", c_ssize_t),
    ]


class dca_indices(Structure):
    _fields_ = [
        ("at", P(c_int32)),
        ("stride", c_ssize_t),
    ]


class dca_strings(Structure):
    _fields_ = [
        ("at", P(c_char_p)),
        ("stride", c_ssize_t),
    ]


class dca_sparse(Structure):
    _fields_ = [
        ("start", P(c_int64)),
        ("index", P(c_int32)),
        ("value", P(c_double)),
    ]


class dca_lp_columns(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("n", c_int32),
        ("cost", dca_doubles),
        ("lower", dca_doubles),
        ("upper", dca_doubles),
        ("integer", dca_indices),
        ("name", dca_strings),
        ("entries", dca_sparse),
    ]


class dca_lp_rows(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("n", c_int32),
        ("lower", dca_doubles),
        ("upper", dca_doubles),
        ("name", dca_strings),
        ("entries", dca_sparse),
    ]


class dca_problem(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("num_rows", c_int32),
        ("num_columns", c_int32),
        ("offset", c_double),
        ("cost", P(c_double)),
        ("lower", P(c_double)),
        ("upper", P(c_double)),
        ("row_lower", P(c_double)),
        ("row_upper", P(c_double)),
        ("start", P(c_int64)),
        ("length", P(c_int32)),
        ("index", P(c_int32)),
        ("value", P(c_double)),
    ]


class dca_certificate(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("valid", c_int32),
        ("rounded", c_int32),
        ("primal_violation", c_double),
        ("dual_violation", c_double),
        ("relative_gap", c_double),
        ("dual_bound", c_double),
    ]


class dca_pool_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("elastic", c_int32),
        ("name", c_char_p),
        ("count", c_double),
        ("capacity", P(c_double)),
        ("watts", P(c_double)),
        ("idle_watts", c_double),
        ("price", c_double),
    ]


class dca_domain_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("name", c_char_p),
        ("factor", c_double),
        ("energy_price", c_double),
    ]


class dca_link_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("name", c_char_p),
        ("from", c_char_p),
        ("to", c_char_p),
        ("unit", c_char_p),
        ("capacity", c_double),
        ("price", c_double),
    ]


class dca_demand_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("tenant", c_int32),
        ("name", c_char_p),
        ("use", P(c_double)),
        ("amount", c_double),
        ("value", c_double),
        ("min_share", c_double),
        ("weight", c_double),
        ("hard", c_int32),
        ("priority", c_int32),
        ("unit", c_char_p),
    ]


class dca_placement_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("demand", c_int32),
        ("pool", c_int32),
        ("name", c_char_p),
        ("rate", c_double),
        ("use", P(c_double)),
        ("cost", c_double),
        ("ceiling", c_double),
        ("num_links", c_int32),
        ("link", P(c_int32)),
        ("link_use", P(c_double)),
    ]


class dca_pool_columns(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("n", c_int32),
        ("name", dca_strings),
        ("count", dca_doubles),
        ("idle_watts", dca_doubles),
        ("price", dca_doubles),
        ("elastic", dca_indices),
        ("capacity", dca_sparse),
        ("watts", dca_sparse),
    ]


class dca_demand_columns(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("n", c_int32),
        ("name", dca_strings),
        ("tenant", dca_indices),
        ("hard", dca_indices),
        ("priority", dca_indices),
        ("amount", dca_doubles),
        ("value", dca_doubles),
        ("min_share", dca_doubles),
        ("weight", dca_doubles),
        ("use", dca_sparse),
    ]


class dca_placement_columns(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("n", c_int32),
        ("demand", dca_indices),
        ("pool", dca_indices),
        ("rate", dca_doubles),
        ("cost", dca_doubles),
        ("ceiling", dca_doubles),
        ("use", dca_sparse),
        ("link", dca_sparse),
    ]


class dca_term_spec(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("weight", c_double),
        ("domain", c_int32),
        ("resource", c_int32),
        ("priority", c_int32),
    ]


class dca_limit(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("index", c_int32),
        ("resource", c_int32),
        ("limit", c_double),
        ("use", c_double),
        ("price", c_double),
    ]


class dca_repair(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("index", c_int32),
        ("resource", c_int32),
        ("from", c_double),
        ("to", c_double),
    ]


class dca_conflict_member(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("index", c_int32),
        ("resource", c_int32),
        ("side", c_int32),
        ("untouchable", c_int32),
        ("limit", c_double),
    ]


class dca_option_info(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("name", c_char_p),
        ("type", c_char_p),
        ("unit", c_char_p),
        ("sentence", c_char_p),
        ("initial", c_char * 32),
        ("lower", c_char * 32),
        ("upper", c_char * 32),
    ]


class dca_solve_info(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("warm", c_int32),
        ("iterations", c_int64),
        ("work", c_int64),
        ("seconds", c_double),
        ("rows", c_int32),
        ("columns", c_int32),
        ("entries", c_int64),
        ("presolved_rows", c_int32),
        ("presolved_columns", c_int32),
        ("presolved_entries", c_int64),
        ("method", c_char * 16),
        ("note", c_char * 96),
    ]


class dca_edit(Structure):
    _fields_ = [
        ("kind", c_int32),
        ("index", c_int32),
        ("other", c_int32),
        ("a", c_double),
        ("b", c_double),
    ]


class dca_backend_report(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("outcome", c_int32),
        ("iterations", c_int64),
        ("work", c_int64),
        ("method", c_int32),
        ("has_basis", c_int32),
        ("note", c_char_p),
    ]


BACKEND_OPEN = CFUNCTYPE(c_int, P(dca_env), P(c_void_p))
BACKEND_CLOSE = CFUNCTYPE(None, c_void_p)
BACKEND_LOAD = CFUNCTYPE(c_int, c_void_p, P(dca_problem))
BACKEND_EDIT = CFUNCTYPE(c_int, c_void_p, P(dca_edit), c_int64)
BACKEND_SET_BASIS = CFUNCTYPE(c_int, c_void_p, P(c_uint8), P(c_uint8))
BACKEND_SOLVE = CFUNCTYPE(c_int, c_void_p, P(dca_options), P(dca_control), P(dca_backend_report))
BACKEND_GET_BASIS = CFUNCTYPE(c_int, c_void_p, P(c_uint8), P(c_uint8))
BACKEND_GET_POINT = CFUNCTYPE(c_int, c_void_p, P(c_double), P(c_double))
BACKEND_GET_RAY = CFUNCTYPE(c_int, c_void_p, P(c_double))


class dca_backend(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("capabilities", c_uint32),
        ("name", c_char_p),
        ("open", BACKEND_OPEN),
        ("close", BACKEND_CLOSE),
        ("load", BACKEND_LOAD),
        ("edit", BACKEND_EDIT),
        ("set_basis", BACKEND_SET_BASIS),
        ("solve", BACKEND_SOLVE),
        ("get_basis", BACKEND_GET_BASIS),
        ("get_point", BACKEND_GET_POINT),
        ("get_ray", BACKEND_GET_RAY),
    ]


# ---- Functions: name, (restype, argtypes) --------------------------------------------------------

SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    # env.h
    "dca_version": (c_int32, []),
    "dca_capabilities": (c_char_p, []),
    "dca_outcome_name": (c_char_p, [c_int]),
    "dca_status_name": (c_char_p, [c_int]),
    "dca_env_new": (c_int, [P(dca_env_config), P(P(dca_env))]),
    "dca_env_free": (None, [P(dca_env)]),
    "dca_env_memory": (c_uint64, [P(dca_env)]),
    "dca_env_memory_peak": (c_uint64, [P(dca_env)]),
    "dca_control_new": (c_int, [P(dca_env), P(P(dca_control))]),
    "dca_control_free": (None, [P(dca_control)]),
    "dca_control_cancel": (None, [P(dca_control)]),
    "dca_control_reset": (None, [P(dca_control)]),
    "dca_control_set_deadline": (c_int, [P(dca_control), c_double]),
    "dca_control_set_work_limit": (c_int, [P(dca_control), c_int64]),
    "dca_control_set_progress": (c_int, [P(dca_control), PROGRESS_CALLBACK, c_void_p, c_double]),
    "dca_env_resize": (c_void_p, [P(dca_env), c_void_p, c_size_t]),
    "dca_control_poll": (c_int, [P(dca_control), c_int64, P(dca_progress)]),
    # options.h
    "dca_options_new": (c_int, [P(dca_env), P(P(dca_options))]),
    "dca_options_free": (None, [P(dca_options)]),
    "dca_options_set": (c_int, [P(dca_options), c_char_p, c_char_p]),
    "dca_options_get": (c_int, [P(dca_options), c_char_p, P(c_char)]),
    "dca_options_get_number": (c_int, [P(dca_options), c_char_p, P(c_double)]),
    "dca_options_error": (None, [P(dca_options), P(dca_error)]),
    "dca_options_count": (c_int32, []),
    "dca_options_describe": (c_int, [c_int32, P(dca_option_info)]),
    # lp.h
    "dca_lp_new": (c_int, [P(dca_env), P(P(dca_lp))]),
    "dca_lp_copy": (c_int, [P(dca_lp), P(P(dca_lp))]),
    "dca_lp_free": (None, [P(dca_lp)]),
    "dca_lp_error": (None, [P(dca_lp), P(dca_error)]),
    "dca_lp_add_columns": (c_int, [P(dca_lp), P(dca_lp_columns), P(c_int32)]),
    "dca_lp_add_rows": (c_int, [P(dca_lp), P(dca_lp_rows), P(c_int32)]),
    "dca_lp_add_column": (
        c_int,
        [
            P(dca_lp),
            c_char_p,
            c_double,
            c_double,
            c_double,
            c_int32,
            P(c_int32),
            P(c_double),
            P(c_int32),
        ],
    ),
    "dca_lp_add_row": (
        c_int,
        [P(dca_lp), c_char_p, c_double, c_double, c_int32, P(c_int32), P(c_double), P(c_int32)],
    ),
    "dca_lp_set_sense": (c_int, [P(dca_lp), c_int]),
    "dca_lp_set_offset": (c_int, [P(dca_lp), c_double]),
    "dca_lp_set_name": (c_int, [P(dca_lp), c_char_p]),
    "dca_lp_set_objective_name": (c_int, [P(dca_lp), c_char_p]),
    "dca_lp_set_row_name": (c_int, [P(dca_lp), c_int32, c_char_p]),
    "dca_lp_set_column_name": (c_int, [P(dca_lp), c_int32, c_char_p]),
    "dca_lp_set_costs": (c_int, [P(dca_lp), c_int32, P(c_int32), dca_doubles]),
    "dca_lp_set_column_bounds": (c_int, [P(dca_lp), c_int32, P(c_int32), dca_doubles, dca_doubles]),
    "dca_lp_set_row_bounds": (c_int, [P(dca_lp), c_int32, P(c_int32), dca_doubles, dca_doubles]),
    "dca_lp_set_integers": (c_int, [P(dca_lp), c_int32, P(c_int32), dca_indices]),
    "dca_lp_set_coefficients": (c_int, [P(dca_lp), c_int64, P(c_int32), P(c_int32), P(c_double)]),
    "dca_lp_delete_rows": (c_int, [P(dca_lp), c_int32, P(c_int32), P(c_int32)]),
    "dca_lp_delete_columns": (c_int, [P(dca_lp), c_int32, P(c_int32), P(c_int32)]),
    "dca_lp_num_rows": (c_int32, [P(dca_lp)]),
    "dca_lp_num_columns": (c_int32, [P(dca_lp)]),
    "dca_lp_num_entries": (c_int64, [P(dca_lp)]),
    "dca_lp_num_integers": (c_int32, [P(dca_lp)]),
    "dca_lp_sense": (c_int, [P(dca_lp)]),
    "dca_lp_offset": (c_double, [P(dca_lp)]),
    "dca_lp_name": (c_char_p, [P(dca_lp)]),
    "dca_lp_objective_name": (c_char_p, [P(dca_lp)]),
    "dca_lp_row_name": (c_char_p, [P(dca_lp), c_int32]),
    "dca_lp_column_name": (c_char_p, [P(dca_lp), c_int32]),
    "dca_lp_find_row": (c_int32, [P(dca_lp), c_char_p]),
    "dca_lp_find_column": (c_int32, [P(dca_lp), c_char_p]),
    "dca_lp_get_columns": (
        c_int,
        [P(dca_lp), c_int32, c_int32, P(c_double), P(c_double), P(c_double), P(c_int32)],
    ),
    "dca_lp_get_rows": (c_int, [P(dca_lp), c_int32, c_int32, P(c_double), P(c_double)]),
    "dca_lp_get_entries": (
        c_int,
        [P(dca_lp), c_int32, c_int32, P(c_int64), P(c_int32), P(c_double)],
    ),
    "dca_lp_revision": (c_uint64, [P(dca_lp)]),
    # model.h
    "dca_model_new": (c_int, [P(dca_env), P(P(dca_model))]),
    "dca_model_free": (None, [P(dca_model)]),
    "dca_model_error": (None, [P(dca_model), P(dca_error)]),
    "dca_model_revision": (c_uint64, [P(dca_model)]),
    "dca_model_set_name": (c_int, [P(dca_model), c_char_p]),
    "dca_model_name": (c_char_p, [P(dca_model)]),
    "dca_model_add_resource": (c_int, [P(dca_model), c_char_p, c_char_p, P(c_int32)]),
    "dca_model_add_pools": (c_int, [P(dca_model), P(dca_pool_spec), c_size_t, c_int32, P(c_int32)]),
    "dca_model_add_domains": (
        c_int,
        [P(dca_model), P(dca_domain_spec), c_size_t, c_int32, P(c_int32)],
    ),
    "dca_model_add_links": (c_int, [P(dca_model), P(dca_link_spec), c_size_t, c_int32, P(c_int32)]),
    "dca_model_add_demands": (
        c_int,
        [P(dca_model), P(dca_demand_spec), c_size_t, c_int32, P(c_int32)],
    ),
    "dca_model_add_placements": (
        c_int,
        [P(dca_model), P(dca_placement_spec), c_size_t, c_int32, P(c_int32)],
    ),
    "dca_model_add_pool_columns": (c_int, [P(dca_model), P(dca_pool_columns), P(c_int32)]),
    "dca_model_add_demand_columns": (c_int, [P(dca_model), P(dca_demand_columns), P(c_int32)]),
    "dca_model_add_placement_columns": (
        c_int,
        [P(dca_model), P(dca_placement_columns), P(c_int32)],
    ),
    "dca_model_place": (
        c_int,
        [P(dca_model), c_int32, c_int32, P(c_int32), P(c_double), P(c_int32)],
    ),
    "dca_model_set_pool_domain": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_set_domain_parent": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_set_domain_limit": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_set_repair_weight": (c_int, [P(dca_model), c_int, c_int32, c_int32, c_double]),
    "dca_model_set_pool_count": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_pool_capacity": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_set_pool_watts": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_set_pool_idle_watts": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_pool_price": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_domain_factor": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_domain_energy_price": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_link_capacity": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_link_price": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_demand_amount": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_demand_value": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_demand_min_share": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_demand_weight": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_demand_hard": (c_int, [P(dca_model), c_int32, c_int32]),
    "dca_model_set_placement_cost": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_placement_rate": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_placement_ceiling": (c_int, [P(dca_model), c_int32, c_double]),
    "dca_model_set_current": (c_int, [P(dca_model), c_int32, P(c_int32), dca_doubles]),
    "dca_model_set_current_from": (c_int, [P(dca_model), P(dca_result)]),
    "dca_model_remove": (c_int, [P(dca_model), c_int, c_int32]),
    "dca_model_compact": (
        c_int,
        [P(dca_model), P(c_int32), P(c_int32), P(c_int32), P(c_int32), P(c_int32)],
    ),
    "dca_model_add_tier": (c_int, [P(dca_model), c_char_p, P(c_int32)]),
    "dca_model_add_term": (c_int, [P(dca_model), c_int32, P(dca_term_spec), P(c_int32)]),
    "dca_model_set_term_weight": (c_int, [P(dca_model), c_int32, c_int32, c_double]),
    "dca_model_clear_tiers": (c_int, [P(dca_model)]),
    "dca_model_count": (c_int32, [P(dca_model), c_int]),
    "dca_model_exists": (c_int32, [P(dca_model), c_int, c_int32]),
    "dca_model_find": (c_int32, [P(dca_model), c_int, c_char_p]),
    "dca_model_object_name": (c_char_p, [P(dca_model), c_int, c_int32]),
    "dca_model_unit": (c_char_p, [P(dca_model), c_int, c_int32]),
    "dca_model_get_pool": (c_int, [P(dca_model), c_int32, P(dca_pool_spec)]),
    "dca_model_get_domain": (c_int, [P(dca_model), c_int32, P(dca_domain_spec)]),
    "dca_model_get_link": (c_int, [P(dca_model), c_int32, P(dca_link_spec)]),
    "dca_model_get_demand": (c_int, [P(dca_model), c_int32, P(dca_demand_spec)]),
    "dca_model_get_placement": (c_int, [P(dca_model), c_int32, P(dca_placement_spec)]),
    "dca_model_get_share": (c_int, [P(dca_model), c_int, c_int32, c_int32, P(c_double)]),
    "dca_model_get_limit": (c_int, [P(dca_model), c_int, c_int32, c_int32, P(c_double)]),
    # solver.h
    "dca_solver_new_lp": (c_int, [P(dca_lp), P(dca_options), P(P(dca_solver)), P(dca_error)]),
    "dca_solver_new_model": (c_int, [P(dca_model), P(dca_options), P(P(dca_solver)), P(dca_error)]),
    "dca_solver_free": (None, [P(dca_solver)]),
    "dca_solver_error": (None, [P(dca_solver), P(dca_error)]),
    "dca_solver_set_backend": (c_int, [P(dca_solver), P(dca_backend)]),
    "dca_solver_set_options": (c_int, [P(dca_solver), P(dca_options)]),
    "dca_solver_solve": (c_int, [P(dca_solver), P(dca_control), P(P(dca_result))]),
    "dca_solver_find_conflict": (
        c_int,
        [P(dca_solver), P(c_uint8), P(c_uint8), P(dca_control), P(P(dca_result))],
    ),
    "dca_solver_reset": (None, [P(dca_solver)]),
    "dca_solver_set_basis": (c_int, [P(dca_solver), P(c_uint8), P(c_uint8)]),
    "dca_solver_compiled": (c_int, [P(dca_solver), P(dca_control), P(P(dca_lp))]),
    # result.h
    "dca_result_retain": (P(dca_result), [P(dca_result)]),
    "dca_result_free": (None, [P(dca_result)]),
    "dca_result_outcome": (c_int, [P(dca_result)]),
    "dca_result_objective": (c_double, [P(dca_result)]),
    "dca_result_certificate": (c_int, [P(dca_result), P(dca_certificate)]),
    "dca_result_info": (c_int, [P(dca_result), P(dca_solve_info)]),
    "dca_result_num_rows": (c_int32, [P(dca_result)]),
    "dca_result_num_columns": (c_int32, [P(dca_result)]),
    "dca_result_get_x": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_activity": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_y": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_d": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_basis": (c_int, [P(dca_result), P(c_uint8), P(c_uint8)]),
    "dca_result_get_ray": (c_int, [P(dca_result), P(c_double)]),
    "dca_result_num_tiers": (c_int32, [P(dca_result)]),
    "dca_result_tier_value": (c_int, [P(dca_result), c_int32, P(c_double)]),
    "dca_result_tier_name": (c_char_p, [P(dca_result), c_int32]),
    "dca_result_get_served": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_unmet": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_placed": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_get_placements": (
        c_int,
        [P(dca_result), c_int32, c_int32, P(c_int32), P(c_int32)],
    ),
    "dca_result_get_pools": (
        c_int,
        [P(dca_result), c_int32, c_int32, P(c_double), P(c_double), P(c_double)],
    ),
    "dca_result_get_domains": (c_int, [P(dca_result), c_int32, c_int32, P(c_double), P(c_double)]),
    "dca_result_totals": (c_int, [P(dca_result), P(c_double), P(c_double)]),
    "dca_result_limit": (c_int, [P(dca_result), c_int, c_int32, c_int32, P(dca_limit)]),
    "dca_result_limit_price": (
        c_int,
        [P(dca_result), c_int32, c_int, c_int32, c_int32, P(c_double)],
    ),
    "dca_result_pool_price": (c_int, [P(dca_result), c_int32, c_int32, P(c_double)]),
    "dca_result_num_limits": (c_int32, [P(dca_result)]),
    "dca_result_limit_at": (c_int, [P(dca_result), c_int32, P(dca_limit)]),
    # explain.h
    "dca_result_blocking": (c_int, [P(dca_result), c_int32, c_int32, P(dca_limit), P(c_int32)]),
    "dca_result_demand_note": (c_char_p, [P(dca_result), c_int32]),
    "dca_result_repair_count": (c_int, [P(dca_result), c_int, P(c_int32), P(c_double)]),
    "dca_result_repair_at": (c_int, [P(dca_result), c_int, c_int32, P(dca_repair)]),
    "dca_result_conflict_count": (c_int, [P(dca_result), P(c_int32), P(c_int32)]),
    "dca_result_conflict_at": (c_int, [P(dca_result), c_int32, P(dca_conflict_member)]),
    "dca_result_conflict_note": (c_char_p, [P(dca_result), c_int32]),
    "dca_result_num_sentences": (c_int32, [P(dca_result)]),
    "dca_result_sentence": (c_char_p, [P(dca_result), c_int32]),
    "dca_result_name": (c_char_p, [P(dca_result), c_int, c_int32]),
    "dca_result_unit": (c_char_p, [P(dca_result), c_int, c_int32]),
    "dca_result_count": (c_int32, [P(dca_result), c_int]),
    # io.h
    "dca_lp_read_mps": (c_int, [P(dca_env), c_char_p, P(dca_control), P(P(dca_lp)), P(dca_error)]),
    "dca_lp_parse_mps": (
        c_int,
        [P(dca_env), c_char_p, c_size_t, P(dca_control), P(P(dca_lp)), P(dca_error)],
    ),
    "dca_lp_write_mps": (c_int, [P(dca_lp), c_char_p, P(dca_error)]),
    "dca_lp_read_lp": (c_int, [P(dca_env), c_char_p, P(dca_control), P(P(dca_lp)), P(dca_error)]),
    "dca_lp_parse_lp": (
        c_int,
        [P(dca_env), c_char_p, c_size_t, P(dca_control), P(P(dca_lp)), P(dca_error)],
    ),
    "dca_lp_write_lp": (c_int, [P(dca_lp), c_char_p, P(dca_error)]),
    "dca_model_read_json": (
        c_int,
        [P(dca_env), c_char_p, P(dca_control), P(P(dca_model)), P(dca_error)],
    ),
    "dca_model_parse_json": (
        c_int,
        [P(dca_env), c_char_p, c_size_t, P(dca_control), P(P(dca_model)), P(dca_error)],
    ),
    "dca_model_write_json": (c_int, [P(dca_model), c_char_p, P(dca_error)]),
    "dca_result_write_solution": (c_int, [P(dca_result), c_char_p, P(dca_error)]),
    "dca_result_answer_json": (c_int, [P(dca_result), P(P(c_char)), P(c_size_t), P(dca_error)]),
    "dca_text_free": (None, [P(dca_env), P(c_char)]),
    "dca_result_env": (P(dca_env), [P(dca_result)]),
    "dca_basis_read": (c_int, [P(dca_lp), c_char_p, P(c_uint8), P(c_uint8), P(dca_error)]),
    "dca_basis_write": (c_int, [P(dca_result), c_char_p, P(dca_error)]),
}

# ---- Loading -------------------------------------------------------------------------------------


class Library:
    """The loaded library: each function of :data:`SIGNATURES` as an attribute."""

    def __init__(self, handle: CDLL, path: str) -> None:
        self.path = path
        self._handle = handle

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Declare a function on first use; afterwards it is an ordinary attribute."""
        try:
            restype, argtypes = SIGNATURES[name]
        except KeyError:
            raise AttributeError(name) from None
        try:
            function = getattr(self._handle, name)
        except AttributeError:
            raise LibraryError(
                f"{self.path} has no function {name}: it is older than this binding"
            ) from None
        function.restype = restype
        function.argtypes = argtypes
        setattr(self, name, function)
        return function  # type: ignore[no-any-return]


def candidates() -> list[str]:
    """Where the library is looked for, in order. DCALLOC_LIBRARY, when set, is the only place."""
    chosen = os.environ.get("DCALLOC_LIBRARY")
    if chosen:
        return [chosen]
    suffix = {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")
    package = Path(__file__).resolve().parent
    places = [str(path) for path in sorted(package.glob(f"*dcalloc*{suffix}*"))]
    found = find_library("dcalloc")
    if found:
        places.append(found)
    return places


def _load() -> Library:
    tried = []
    for place in candidates():
        try:
            handle = CDLL(place)
            handle.dca_version.restype = c_int32
            handle.dca_version.argtypes = []
            version = handle.dca_version()
        except (OSError, AttributeError) as error:
            tried.append(f"{place}: {error}")
            continue
        theirs = (version // 1000000, version // 1000 % 1000)
        if theirs == HEADER_VERSION:
            return Library(handle, place)
        tried.append(
            f"{place}: version {theirs[0]}.{theirs[1]}, "
            f"expected {HEADER_VERSION[0]}.{HEADER_VERSION[1]}"
        )
    if not os.environ.get("DCALLOC_LIBRARY"):
        if not tried:
            tried.append(f"inside the package ({Path(__file__).resolve().parent}): nothing")
        tried.append("the system, as ctypes.util.find_library('dcalloc') sees it")
    raise LibraryError(
        "the C library libdcalloc was not found; set DCALLOC_LIBRARY to its path. Tried:\n  "
        + "\n  ".join(tried)
    )


_loaded: list[Library] = []


def library() -> Library:
    """The library, loaded when it is first needed."""
    if not _loaded:
        _loaded.append(_load())
    return _loaded[0]


def load_backend(path: str | None, symbol: str) -> tuple[Any, Any]:
    """The library at ``path``, to be kept, and the backend that its function ``symbol`` returns.
    None: libdcalloc-glpk, beside the library, in its folder ``plugins``, or from the system."""
    name = "libdcalloc-glpk" + {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")
    places = [path] if path is not None else []
    if path is None:
        beside = Path(library().path).parent
        numbered = f"{name}.{HEADER_VERSION[0]}"  # the one that is there without -dev packages
        for one in (name, numbered):
            places += [str(beside / one), str(beside / "plugins" / one), one]
    tried = []
    for place in places:
        try:
            handle = CDLL(place)
            function = getattr(handle, symbol)
        except (OSError, AttributeError) as error:
            tried.append(f"{place}: {error}")
            continue
        function.restype = P(dca_backend)
        function.argtypes = []
        found = function()
        if found:
            return handle, found
        tried.append(f"{place}: {symbol} gave no backend")
    hint = " (GLPK's plug-in libdcalloc-glpk is built where GLPK is)" if path is None else ""
    raise LibraryError(f"no backend {symbol}{hint}. Tried:\n  " + "\n  ".join(tried))
