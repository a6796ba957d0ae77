package dcalloc

// #include "shim.h"
import "C"

import "runtime"

// NumRows is the number of rows.
func (l *LP) NumRows() int {
	defer runtime.KeepAlive(l)
	return int(C.dca_lp_num_rows(l.c))
}

// NumColumns is the number of columns.
func (l *LP) NumColumns() int {
	defer runtime.KeepAlive(l)
	return int(C.dca_lp_num_columns(l.c))
}

// NumEntries is the number of nonzero coefficients.
func (l *LP) NumEntries() int {
	defer runtime.KeepAlive(l)
	return int(C.dca_lp_num_entries(l.c))
}

// NumIntegers is the number of integer columns.
func (l *LP) NumIntegers() int {
	defer runtime.KeepAlive(l)
	return int(C.dca_lp_num_integers(l.c))
}

// Sense is the direction of the objective.
func (l *LP) Sense() Sense {
	defer runtime.KeepAlive(l)
	return Sense(C.dca_lp_sense(l.c))
}

// Offset is the constant c0 of the objective.
func (l *LP) Offset() float64 {
	defer runtime.KeepAlive(l)
	return float64(C.dca_lp_offset(l.c))
}

// Name is the name of the problem, or "".
func (l *LP) Name() string {
	defer runtime.KeepAlive(l)
	return text(C.dca_lp_name(l.c))
}

// ObjectiveName is the name of the objective row, or "".
func (l *LP) ObjectiveName() string {
	defer runtime.KeepAlive(l)
	return text(C.dca_lp_objective_name(l.c))
}

// RowName is the name of a row, or "".
func (l *LP) RowName(row int) string {
	defer runtime.KeepAlive(l)
	return text(C.dca_lp_row_name(l.c, index(row)))
}

// ColumnName is the name of a column, or "".
func (l *LP) ColumnName(column int) string {
	defer runtime.KeepAlive(l)
	return text(C.dca_lp_column_name(l.c, index(column)))
}

// FindRow is the row of a name, or -1.
func (l *LP) FindRow(name string) int {
	defer runtime.KeepAlive(l)
	cname, err := terminated(name, "find row")
	if err != nil {
		return -1
	}
	return int(C.dca_lp_find_row(l.c, cname))
}

// FindColumn is the column of a name, or -1.
func (l *LP) FindColumn(name string) int {
	defer runtime.KeepAlive(l)
	cname, err := terminated(name, "find column")
	if err != nil {
		return -1
	}
	return int(C.dca_lp_find_column(l.c, cname))
}

// within refuses ranges for which no array should be made.
func within(op string, first, n, all int) error {
	if first < 0 || n < 0 || first > all || n > all-first {
		return refuse(op, "range %d .. %d of %d", first, first+n, all)
	}
	return nil
}

// GetColumns copies n columns from `first` on: costs, bounds, integer marks and names, and no
// entries.
func (l *LP) GetColumns(first, n int) (Columns, error) {
	defer runtime.KeepAlive(l)
	const op = "get columns"
	if l.c == nil {
		return Columns{}, closed(op, "LP")
	}
	if err := within(op, first, n, l.NumColumns()); err != nil {
		return Columns{}, err
	}
	marks := make([]int32, n)
	got := Columns{N: n, Cost: make([]float64, n), Lower: make([]float64, n),
		Upper: make([]float64, n), Integer: make([]bool, n), Names: make([]string, n)}
	status := C.dca_lp_get_columns(l.c, index(first), index(n), float64At(got.Cost),
		float64At(got.Lower), float64At(got.Upper), int32At(marks))
	if status != C.DCA_OK {
		return Columns{}, l.failed(status, op)
	}
	for k := range marks {
		got.Integer[k] = marks[k] != 0
		got.Names[k] = l.ColumnName(first + k)
	}
	return got, nil
}

// GetRows copies n rows from `first` on: bounds and names, and no entries.
func (l *LP) GetRows(first, n int) (Rows, error) {
	defer runtime.KeepAlive(l)
	const op = "get rows"
	if l.c == nil {
		return Rows{}, closed(op, "LP")
	}
	if err := within(op, first, n, l.NumRows()); err != nil {
		return Rows{}, err
	}
	got := Rows{N: n, Lower: make([]float64, n), Upper: make([]float64, n),
		Names: make([]string, n)}
	status := C.dca_lp_get_rows(l.c, index(first), index(n), float64At(got.Lower),
		float64At(got.Upper))
	if status != C.DCA_OK {
		return Rows{}, l.failed(status, op)
	}
	for k := range got.Names {
		got.Names[k] = l.RowName(first + k)
	}
	return got, nil
}

// GetEntries copies the entries of n columns from `first` on, by column, rows ascending.
func (l *LP) GetEntries(first, n int) (Sparse, error) {
	defer runtime.KeepAlive(l)
	const op = "get entries"
	if l.c == nil {
		return Sparse{}, closed(op, "LP")
	}
	if err := within(op, first, n, l.NumColumns()); err != nil {
		return Sparse{}, err
	}
	got := Sparse{Start: make([]int64, n+1)}
	start := firstOf[C.dca_nnz](got.Start)
	if status := C.dca_lp_get_entries(l.c, index(first), index(n), start, nil, nil); status != C.DCA_OK {
		return Sparse{}, l.failed(status, op)
	}
	got.Index = make([]int32, got.Start[n])
	got.Value = make([]float64, got.Start[n])
	status := C.dca_lp_get_entries(l.c, index(first), index(n), start, indexAt(got.Index),
		float64At(got.Value))
	return got, l.done(status, op)
}

// Revision increases with every edit.
func (l *LP) Revision() uint64 {
	defer runtime.KeepAlive(l)
	return uint64(C.dca_lp_revision(l.c))
}
