"""What an analyst would write: JSON-stat into a data frame, and to_sql. Usage: load_pandas.py FILE DATABASE"""
import json
import sqlite3
import sys

try:
    import pandas
except ImportError:
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
categories = [
    sorted(table["dimension"][name]["category"]["index"], key=table["dimension"][name]["category"]["index"].get)
    for name in table["id"]
]
frame = pandas.MultiIndex.from_product(categories, names=table["id"]).to_frame(index=False)
frame["value"] = table["value"]
frame["status"] = pandas.Series({int(cell): symbol for cell, symbol in table["status"].items()})
connection = sqlite3.connect(sys.argv[2])
frame.to_sql("observation", connection, index=False)
connection.commit()
print(connection.execute("SELECT count(*) FROM observation").fetchone()[0], "rows with pandas", pandas.__version__)
