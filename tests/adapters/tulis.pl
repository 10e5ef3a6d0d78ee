# Writes a workbook as somebody does who types the table anew: own title, own order of columns, no hidden sheet.
# Standard input: {"file": …, "sheets": [{"name": …, "rows": [[cell, …], …]}, …]}; a cell is null, a number or a text.
use strict;
use warnings;
use JSON::PP;
use Excel::Writer::XLSX;

my $order = decode_json(do { local $/; <STDIN> });
my $workbook = Excel::Writer::XLSX->new($order->{file}) or die "cannot write $order->{file}";
for my $sheet (@{ $order->{sheets} }) {
    my $worksheet = $workbook->add_worksheet($sheet->{name});
    my $line = 0;
    for my $row (@{ $sheet->{rows} }) {
        my $column = 0;
        for my $cell (@$row) {
            if (ref $cell) { $worksheet->write_number($line, $column, $cell->{number}) }
            elsif (defined $cell) { $worksheet->write_string($line, $column, $cell) }
            $column++;
        }
        $line++;
    }
}
$workbook->close();
