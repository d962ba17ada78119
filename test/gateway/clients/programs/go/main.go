// Starts, registers, follows and cancels an onboarding with the client of oapi-codegen.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"example.org/client/onboarding"
	"github.com/oapi-codegen/runtime/types"
)

func main() {
	ctx := context.Background()
	reference := os.Getenv("REFERENCE")
	withKey := onboarding.WithRequestEditorFn(func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("KEY"))
		return nil
	})
	client, err := onboarding.NewClientWithResponses(os.Getenv("API"), withKey)
	check(err)

	start := onboarding.Start{Email: types.Email(os.Getenv("EMAIL"))}
	started, err := client.StartOnboardingWithResponse(ctx, reference, nil, start)
	check(err)
	if started.JSON202 == nil {
		log.Fatal(started.Status())
	}
	for read(ctx, client, reference).Status != onboarding.StatusAwaitingRegistration {
		time.Sleep(200 * time.Millisecond)
	}

	var form onboarding.RegistrationForm
	check(json.Unmarshal([]byte(os.Getenv("FORM")), &form))
	_, err = client.RegisterWithResponse(ctx, reference, nil, form)
	check(err)

	stream, err := client.FollowOnboarding(ctx, reference, nil)
	check(err)
	lines := bufio.NewScanner(stream.Body)
	for lines.Scan() {
		data, isData := strings.CutPrefix(lines.Text(), "data: ")
		if !isData {
			continue
		}
		var seen onboarding.Onboarding
		check(json.Unmarshal([]byte(data), &seen))
		if seen.Status == onboarding.StatusAwaitingEmail {
			reason := onboarding.Cancellation{Reason: "seen in Go"}
			_, err = client.CancelWithResponse(ctx, reference, nil, reason)
			check(err)
		}
	}

	outcome, err := read(ctx, client, reference).Outcome.AsOutcomeCancelled()
	check(err)
	fmt.Println(outcome.Reason)
}

func read(ctx context.Context, client *onboarding.ClientWithResponses, reference string) *onboarding.Onboarding {
	answer, err := client.ReadOnboardingWithResponse(ctx, reference)
	check(err)
	if answer.JSON200 == nil {
		log.Fatal(answer.Status())
	}
	return answer.JSON200
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
