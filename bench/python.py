"""Times scikit-learn and numpy on the workload of bench/python.mjs, on one thread. Prints CPU seconds as JSON, the
least, the median and the most of several runs, and under "blas" what multiplies numpy's matrices.

    python3 bench/python.py FOLDER

FOLDER holds case.json and raw float32 matrices, row-major: V (F x T), and W0 (F x K), H0 (K x T) for each K.
"""

import json
import os
import sys
import time
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402  (numpy reads the variables above when it is imported)
import threadpoolctl  # noqa: E402  (comes with scikit-learn)
from sklearn.decomposition import non_negative_factorization  # noqa: E402

warnings.filterwarnings("ignore")
RUNS = 9


def cpu_seconds(run):
    run()  # The first one finds cold caches and memory that was never touched.
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    seconds.sort()
    return [seconds[0], seconds[RUNS // 2], seconds[-1]]


def coordinate_descent(V, W, H, iterations):
    W, H, _ = non_negative_factorization(
        V, W=W.copy(), H=H.copy(), n_components=W.shape[1], init="custom", solver="cd", tol=0, max_iter=iterations
    )
    return W, H


def seconds_of_coordinate_descent(V, W0, H0, target):
    """CPU seconds until the loss is at most the target."""
    for iterations in range(1, 200):
        W, H = coordinate_descent(V, W0, H0, iterations)
        if np.sum((V - W @ H) ** 2, dtype=np.float64) <= target:
            return cpu_seconds(lambda: coordinate_descent(V, W0, H0, iterations))
    return None


def multiplicative(V, W, H, iterations):
    non_negative_factorization(
        V,
        W=W.copy(),
        H=H.copy(),
        n_components=W.shape[1],
        init="custom",
        solver="mu",
        beta_loss="kullback-leibler",
        tol=0,
        max_iter=iterations,
    )


def in_numpy(V, W, H, iterations):
    W, H = W.copy(), H.copy()
    floor = np.float32(1e-12)
    for _ in range(iterations):
        H *= (W.T @ (V / (W @ H + floor))) / W.sum(axis=0)[:, None]
        W *= ((V / (W @ H + floor)) @ H.T) / H.sum(axis=1)


folder = sys.argv[1]
with open(f"{folder}/case.json") as file:
    case = json.load(file)
F, T = case["F"], case["T"]


def matrix(name, rows, columns):
    return np.fromfile(f"{folder}/{name}", np.float32).reshape(rows, columns)


V = matrix("V", F, T)
# scipy may bring another one.
pools = [pool for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
blas = next((pool for pool in pools if "numpy" in pool["filepath"]), pools[0])
answer = {"blas": f"{blas['internal_api']} {blas['version']}, {blas['architecture']}"}
for K, target in case["euclidean"].items():
    W0, H0 = matrix(f"W0-{K}", F, int(K)), matrix(f"H0-{K}", int(K), T)
    answer[K] = {
        "cd": seconds_of_coordinate_descent(V, W0, H0, target),
        "numpy": cpu_seconds(lambda: in_numpy(V, W0, H0, 100)),
        "mu": cpu_seconds(lambda: multiplicative(V, W0, H0, 100)),
    }
print(json.dumps(answer))
