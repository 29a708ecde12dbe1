package display

import (
	"context"
	"testing"
)

func TestPublisherTravelsInContext(t *testing.T) {
	if _, ok := PublisherFrom(context.Background()).(Discard); !ok {
		t.Error("a bare context should discard")
	}
	r, _, _ := newRecorded()
	PublisherFrom(WithPublisher(context.Background(), r)).Display(Text("x"), "")
	if len(r.texts) != 1 {
		t.Error("the publisher was not carried")
	}
}
