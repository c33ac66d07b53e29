"""The panels of clustering show what the functions of the library find."""

import numpy as np
from snnlab_widgets import clusters_panel, winner_panel

from snnlab.learning.competition.cluster_fields import cluster_fields
from snnlab.learning.competition.repeated_image import repeated_image
from snnlab.learning.competition.small_clusters import SMALL, small_digits


def test_the_tiles_are_those_of_the_function():
    result = clusters_panel(engine="kernel", shown=20, theta_plus=0.2).result
    seen = cluster_fields(small_digits(20), net=SMALL._replace(theta_plus=0.2), rng=np.uint64(1))
    np.testing.assert_array_equal(result.fields, seen.fields)
    np.testing.assert_array_equal(result.each, seen.each)


def test_the_raster_is_that_of_the_function():
    result = winner_panel(engine="kernel", theta_plus=0.5).result
    seen = repeated_image(small_digits(1)[0], SMALL._replace(theta_plus=0.5), rng=np.uint64(1))
    np.testing.assert_array_equal(result.times, seen.times)
    np.testing.assert_array_equal(result.units, seen.units)
    assert (result.n, result.share) == (seen.n, seen.share)
