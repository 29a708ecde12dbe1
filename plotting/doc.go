// Package plotting turns results into figures of one house style: trajectories, densities, correlations, matrices and
// score fields, of the data, of a model, or of both side by side.
//
// A Figure is drawn when it is asked for: PNG at any resolution, SVG or PDF. Text is set as outlines, so a figure
// looks the same everywhere and needs no font where it is shown. Labels are Unicode or the part of TeX that they need:
// "x₁", "x_1", `\Phi_{ij}`, `\langle s x^T\rangle`, "10^{-3}"; single letters are set as mathematics, and names such as wind_speed
// stay as they are.
//
// Colours mean the same thing in every figure: Truth for the data or an exact result, Model for what was learned,
// Paper for a published value. Sequential colour maps are perceptually uniform and begin at the page's own colour;
// diverging ones are symmetric about zero.
//
// Figures for everyday use take trajectories (Trajectories, Marginals, Joints, Autocorrelations, Compare), fields on a ring
// (SpaceTime, CompareRing), matrices (Matrix, Matrices), a training history (Loss) or a score (ScoreCells, Quiver,
// ScoreClouds, CompareScores). Below them, Curves and Fields draw any curves or any functions of two variables. Zoom,
// InteractiveMarginals and InteractiveMatrices are charts for a front end that draws Vega-Lite, with a picture for others. Panel
// and New are for figures of your own; a Panel accepts every plotter of gonum.org/v1/plot.
package plotting
