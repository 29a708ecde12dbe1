package prelude

// typeNames holds a nil pointer to each type of a cell.
func typeNames() map[string]any {
	return map[string]any{
		"Trajectory": (*Trajectory)(nil), "Scale": (*Scale)(nil),
		"LoadOptions": (*LoadOptions)(nil), "MissingPolicy": (*MissingPolicy)(nil),
		"SDE": (*SDE)(nil), "Run": (*Run)(nil), "Noise": (*Noise)(nil),
		"Scheme": (*Scheme)(nil), "Calculus": (*Calculus)(nil),
		"AsymmetricPotential": (*AsymmetricPotential)(nil), "DoubleWell": (*DoubleWell)(nil),
		"OrnsteinUhlenbeck": (*OrnsteinUhlenbeck)(nil), "TripleWell": (*TripleWell)(nil),
		"ReducedTriad": (*ReducedTriad)(nil), "Triad": (*Triad)(nil),
		"Lorenz63": (*Lorenz63)(nil), "Lorenz96": (*Lorenz96)(nil), "KuramotoSivashinsky": (*KuramotoSivashinsky)(nil),
		"Score": (*Score)(nil), "ScoreFunc": (*ScoreFunc)(nil),
		"KGMMModel": (*KGMMModel)(nil), "KGMMOptions": (*KGMMOptions)(nil),
		"KGMMChoice": (*KGMMChoice)(nil), "ChooseOptions": (*ChooseOptions)(nil),
		"DSMModel": (*DSMModel)(nil), "DSMOptions": (*DSMOptions)(nil),
		"MarkovChain": (*MarkovChain)(nil), "RateOptions": (*RateOptions)(nil), "RateMethod": (*RateMethod)(nil),
		"LagOptions": (*LagOptions)(nil), "LagScan": (*LagScan)(nil),
		"TimescaleOptions": (*TimescaleOptions)(nil), "BaselineOptions": (*BaselineOptions)(nil),
		"DriftMatrix": (*DriftMatrix)(nil), "MobilityOptions": (*MobilityOptions)(nil), "IntegratedOptions": (*IntegratedOptions)(nil),
		"Correlation": (*Correlation)(nil), "Comparison": (*Comparison)(nil),
		"Figure": (*Figure)(nil), "FigureOptions": (*FigureOptions)(nil),
		"QuiverOptions": (*QuiverOptions)(nil), "NamedScore": (*NamedScore)(nil),
		"Series": (*Series)(nil), "CurvesOptions": (*CurvesOptions)(nil), "Field": (*Field)(nil), "FieldOptions": (*FieldOptions)(nil),
		"NamedMatrix": (*NamedMatrix)(nil), "MatrixOptions": (*MatrixOptions)(nil), "ScoreCloudsOptions": (*ScoreCloudsOptions)(nil),
		"Panel": (*Panel)(nil), "Axis": (*Axis)(nil), "Style": (*Style)(nil), "Role": (*Role)(nil), "Saver": (*Saver)(nil),
		"Criterion": (*Criterion)(nil), "Interactive": (*Interactive)(nil), "SVG": (*SVG)(nil), "HTML": (*HTML)(nil), "Markdown": (*Markdown)(nil), "Latex": (*Latex)(nil),
	}
}

// constants holds the value of each constant of a cell.
func constants() map[string]any {
	return map[string]any{
		"EulerMaruyama": EulerMaruyama, "StochasticHeun": StochasticHeun, "LeimkuhlerMatthews": LeimkuhlerMatthews,
		"Milstein": Milstein, "RungeKutta": RungeKutta,
		"RefuseMissing": RefuseMissing, "SplitMissing": SplitMissing, "InterpolateMissing": InterpolateMissing,
		"Ito": Ito, "Stratonovich": Stratonovich,
		"Logarithm": Logarithm, "CellLogarithm": CellLogarithm, "Naive": Naive, "PerState": PerState,
		"MeanDiagonal": MeanDiagonal, "Direct": Direct, "Richardson": Richardson,
		"HoldingTime": HoldingTime, "GreenKubo": GreenKubo, "GroupInverse": GroupInverse,
		"Truth": Truth, "Model": Model, "Paper": Paper, "Other": Other,
	}
}
